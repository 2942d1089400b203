/** Which series of a chart are hidden, by the legend. */
export class SeriesChoice {
  #hidden = $state<readonly string[]>([]);

  shows(id: string): boolean {
    return !this.#hidden.includes(id);
  }

  toggle(id: string): void {
    this.#hidden = this.shows(id) ? [...this.#hidden, id] : this.#hidden.filter((known) => known !== id);
  }
}
