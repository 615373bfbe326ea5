/** Commands that are typed inside a guest. */
export interface InGuest {
  /** The command that opens the guest's console. */
  readonly console: string;
  readonly commands: readonly string[];
}

/** What a second terminal shows while a step runs. */
export interface Watch {
  /** Commands that run until they are stopped; they start before those of the step. */
  readonly commands: readonly string[];
  /** What there is to see, and what of it is gone afterwards. */
  readonly see: string;
}

/** One step of a runbook. */
export interface RunbookStep {
  readonly title: string;
  /** Why the step is there, or what it does. */
  readonly text?: string;
  /** What happens meanwhile. */
  readonly watch?: Watch;
  /** Shell commands, in order. */
  readonly commands?: readonly string[];
  /** A Mermaid diagram of the objects as the step leaves them, where it changes some that stood before. */
  readonly picture?: string;
  /** What is done inside the guest, after `commands`. */
  readonly inGuest?: InGuest;
  /** What shows that the step worked. */
  readonly look?: readonly string[];
}

/** What a chapter's runbook is made of. */
export interface Runbook {
  readonly title: string;
  readonly shows: string;
  /** What must be there before the first step. */
  readonly needs: string;
  /** A Mermaid diagram of the chapter's objects. */
  readonly picture: string;
  /** Tables and remarks that stand before the steps, as Markdown. */
  readonly remarks: readonly string[];
  readonly steps: readonly RunbookStep[];
  /** Where the reason stands when a step waits too long, as Markdown. */
  readonly hangs: readonly string[];
  readonly cleanUp: readonly string[];
}

/** The text of a chapter's RUNBOOK.md. */
export function renderRunbook(runbook: Runbook): string {
  const parts = [
    `# ${runbook.title}`,
    runbook.shows,
    `Needed first: ${runbook.needs}.`,
    runbook.steps.some(({ picture }) => picture !== undefined)
      ? '## The objects, as the last step leaves them'
      : '## The objects',
    fence('mermaid', runbook.picture.trimEnd().split('\n')),
    ...runbook.remarks,
    '## Steps',
    HOW_TO_RUN,
    ...runbook.steps.flatMap(renderStep),
    ...(runbook.hangs.length > 0 ? ['## If it hangs', ...runbook.hangs] : []),
    '## Clean up',
    fence('sh', runbook.cleanUp),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A Markdown table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const HOW_TO_RUN =
  'The commands run in bash, from the root of the project, after `npm run synth`. A block can be pasted whole; each wait has a limit.';

function renderStep(step: RunbookStep, index: number): string[] {
  const { title, text, watch, commands = [], picture, inGuest, look } = step;
  return [
    `### ${index + 1}. ${title}`,
    ...(text === undefined ? [] : [text]),
    ...(watch === undefined ? [] : [FIRST_WATCH, fence('sh', watch.commands), 'Then:']),
    ...(commands.length > 0 ? [fence('sh', commands)] : []),
    ...(watch === undefined ? [] : [`Meanwhile: ${watch.see}`]),
    ...(inGuest === undefined ? [] : renderInGuest(inGuest)),
    ...(look === undefined ? [] : ['To see that it worked:', fence('sh', look)]),
    ...(picture === undefined ? [] : ['The objects now:', fence('mermaid', picture.trimEnd().split('\n'))]),
  ];
}

const FIRST_WATCH = 'To watch it, start this in a second terminal (Ctrl+C ends it):';

function renderInGuest({ console, commands }: InGuest): string[] {
  return [`In the guest (\`${console}\`), as root:`, fence('sh', commands)];
}

function fence(language: string, lines: readonly string[]): string {
  return ['```' + language, ...lines, '```'].join('\n');
}
