import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { presentWorkspace } from './export';
import { MOST_CUSTOMER_RUNS } from './mcp/bounds';
import { checkTools } from './mcp/check-tools';
import { draftTools } from './mcp/draft-tools';
import { libraryTools } from './mcp/library-tools';
import { oneAtATime } from './mcp/one-at-a-time';
import { Roots } from './mcp/roots';
import { listingOf, serveTools } from './mcp/server';
import { simulationTools } from './mcp/simulation-tools';
import type { Tool, ToolContext } from './mcp/tool';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  root: { type: 'string', completes: 'folders', multiple: true, default: [] as string[] },
  workspace: { type: 'string', completes: 'files' },
  'allow-drafts': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Answers programs over the Model Context Protocol on standard input and output, for assistants that design badges.
Nothing is ever sent to an org.

Usage: laurel mcp [OPTIONS]

  --root DIR        folder whose badge, scenario and policy files may be read, with all below it; may be repeated; default:
                    the current folder. What lies outside is refused, and so are links that lead out
  --workspace FILE  workspace whose badges may be listed and read, also while a window has it open
  --allow-drafts    drafts may be written into that workspace; needs --workspace
  --json            list the tools with their schemas (laurel/mcp-tools@1) and end

Tools: check_badge, check_scenario, explain_refusal, simulate, compare_scenarios, seek_goal, list_files, read_file,
list_badges, get_badge, and with --allow-drafts write_draft. A call may simulate up to ${MOST_CUSTOMER_RUNS.toLocaleString('en')} customers ×
replications; what is larger is refused before it is run. Heavy calls wait for each other; a call that is cancelled ends.
It ends when standard input is closed. Standard output carries the protocol and nothing else.
Exit code: 0 ended in order, 1 a message was too large to be read, 2 called wrongly.`;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: OPTIONS,
  });
  if (values['allow-drafts'] && values.workspace === undefined)
    throw new UsageError('--allow-drafts needs --workspace FILE: where are drafts to be written?');
  const context: ToolContext = {
    roots: new Roots(terminal.cwd, values.root),
    workspace: values.workspace === undefined ? null : presentWorkspace(terminal.cwd, values.workspace),
    alone: oneAtATime(),
  };
  const tools: Tool[] = [
    ...checkTools(context),
    ...simulationTools(context),
    ...libraryTools(context),
    ...(values['allow-drafts'] ? draftTools(context) : []),
  ];
  if (values.json) {
    terminal.document(JSON.stringify({ schema: 'laurel/mcp-tools@1', tools: tools.map(listingOf) }, null, 2));
    return 0;
  }
  return (await serveTools(tools, version, terminal)) ? 0 : 1;
}

/** `laurel mcp`. */
export const mcpCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run,
};
