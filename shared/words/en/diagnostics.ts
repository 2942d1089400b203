/** What is put together for a support case. */
export const diagnostics = {
  heading: 'Diagnostics',
  lead: 'What a support case needs: versions, what hosts the background process, settings, whether the files are whole, and the log. You see all of it before you save it.',
  whatIsIn:
    'No credentials, names, addresses, customers or texts of your work are in it. This is exactly what is saved.',
  show: 'Show diagnostics',
  saveAll: 'Save diagnostics …',
  save: 'Save …',
  saved: 'Diagnostics saved in {name}.',
  notShown: 'Look at the diagnostics before they are saved. Nothing was written.',
} as const;
