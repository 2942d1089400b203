import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type Tool as ToolListing,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { interruptedFailure } from '../../../db/failures';
import { Failure } from '../../../shared/ipc/errors';
import { quotedWords } from '../../../shared/ipc/plain-words';
import { mistakesIn, mistakeSentence } from '../../../shared/simulation/scenario-mistakes';
import { inEnglish } from '../../../shared/words/english';
import { UsageError, type Terminal } from '../command';
import { mistakeInWords } from '../mistake';
import type { Tool, ToolCall } from './tool';

const INSTRUCTIONS =
  'Laurel checks, explains and simulates loyalty badges on this machine, by the rules of the badge gateway. Nothing here is sent to an org. Begin with list_files or list_badges; check before you simulate; errors say what to do.';

/** Characters of an answer; longer ones fill the reader and tell nobody anything. */
const LONGEST_ANSWER = 1_000_000;

/** A tool as the protocol lists it. */
export function listingOf({ name, title, description, input, writes }: Tool): ToolListing {
  const schema = z.toJSONSchema(input, { io: 'input' }) as ToolListing['inputSchema'];
  return {
    ...{ name, title, description, inputSchema: schema },
    annotations: {
      title,
      readOnlyHint: !writes,
      destructiveHint: false,
      idempotentHint: !writes,
      openWorldHint: false,
    },
  };
}

function refusal(words: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: words }] };
}

/** What is wrong with arguments, each by its name. */
function argumentsInWords(name: string, error: z.ZodError): string {
  const wrong = mistakesIn(error).map(
    ({ path, words }) =>
      `  ${path.length === 0 ? 'the arguments' : quotedWords(path.join('.'))}: ${quotedWords(inEnglish(words))}`,
  );
  return [`${name} was called wrongly, and nothing was done. Mend these and call it again:`, ...wrong].join('\n');
}

/** What a program reads of a call that failed: never a stack. */
function failureInWords(name: string, error: unknown): string {
  if (error instanceof UsageError) return `${quotedWords(error.message)} Nothing was done.`;
  const failure = interruptedFailure(error, name);
  return failure instanceof Failure ? failure.message : mistakeInWords(error);
}

async function answerOf(tool: Tool, given: unknown, call: ToolCall): Promise<CallToolResult> {
  const parsed = tool.input.safeParse(given ?? {}, { error: mistakeSentence });
  if (!parsed.success) return refusal(argumentsInWords(tool.name, parsed.error));
  try {
    const answer = await tool.run(parsed.data, call);
    const text = JSON.stringify(answer);
    if (text.length > LONGEST_ANSWER)
      return refusal(
        `The answer of ${tool.name} has ${text.length.toLocaleString('en')} characters, and at most ${LONGEST_ANSWER.toLocaleString('en')} are given. Ask for less: fewer rows, no byDay, fewer badges or segments.`,
      );
    return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) as Record<string, unknown> };
  } catch (error) {
    return refusal(failureInWords(tool.name, error));
  }
}

/**
 * Answers calls of tools over a terminal's pipes until the other side closes them, or the person ends it. Standard output
 * carries the protocol and nothing else.
 *
 * @returns whether it ended in order
 */
export async function serveTools(tools: readonly Tool[], version: string, terminal: Terminal): Promise<boolean> {
  const { pipes } = terminal;
  if (pipes === undefined) throw new UsageError('laurel mcp needs the standard input and output of a process.');
  const { server } = new McpServer({ name: 'laurel', version }, { instructions: INSTRUCTIONS });
  server.registerCapabilities({ tools: {} });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(listingOf) }));
  const ending = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined)
      return refusal(
        `There is no tool ${quotedWords(params.name)}. There are ${tools.map(({ name }) => name).join(', ')}.`,
      );
    const progressToken = params._meta?.progressToken;
    let told = 0;
    const answer = answerOf(tool, params.arguments, {
      signal: AbortSignal.any([signal, ending.signal]),
      progress: (share, message) => {
        // The protocol wants each to be larger than the one before.
        if (progressToken === undefined || share - told < 0.01) return;
        told = share;
        const report = { progressToken, progress: share, total: 1, message };
        void sendNotification({ method: 'notifications/progress', params: report }).catch(() => undefined);
      },
    });
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  });
  let isInOrder = true;
  server.onerror = (error) => {
    // Stacks and bytes of a stranger's message help nobody here.
    const isTooLarge = error.message.startsWith('ReadBuffer exceeded');
    const why = isTooLarge
      ? 'it is too large'
      : error instanceof SyntaxError
        ? 'it is no JSON'
        : 'it is no message of the protocol';
    terminal.error(`A message could not be understood and was passed over: ${why}.`);
    if (isTooLarge) isInOrder = false;
  };
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    const end = (): void => void server.close().catch(() => resolve());
    for (const event of ['end', 'close', 'error']) pipes.input.once(event, end);
    for (const signal of [terminal.signal, terminal.readerLeft]) {
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
    }
  });
  await server.connect(new StdioServerTransport(pipes.input as NodeJS.ReadStream, pipes.output as NodeJS.WriteStream));
  await ended;
  ending.abort();
  await Promise.allSettled([...underWay]);
  return isInOrder;
}
