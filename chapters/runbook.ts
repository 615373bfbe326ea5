/** Commands that are typed inside a guest. */
export interface InGuest {
  /** The command that opens the guest's console. */
  readonly console: string;
  readonly commands: readonly string[];
}

/** One step of a runbook. */
export interface RunbookStep {
  readonly title: string;
  /** Why the step is there, or what it does. */
  readonly text?: string;
  /** Shell commands, in order. */
  readonly commands?: readonly string[];
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
  readonly cleanUp: readonly string[];
}

/** The text of a chapter's RUNBOOK.md. */
export function renderRunbook(runbook: Runbook): string {
  const parts = [
    `# ${runbook.title}`,
    runbook.shows,
    `Needed first: ${runbook.needs}.`,
    '## The objects',
    fence('mermaid', runbook.picture.trimEnd().split('\n')),
    ...runbook.remarks,
    '## Steps',
    'The commands run from the root of the project, after `npm run synth`.',
    ...runbook.steps.flatMap(renderStep),
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

function renderStep({ title, text, commands = [], inGuest, look }: RunbookStep, index: number): string[] {
  return [
    `### ${index + 1}. ${title}`,
    ...(text === undefined ? [] : [text]),
    ...(commands.length > 0 ? [fence('sh', commands)] : []),
    ...(inGuest === undefined ? [] : renderInGuest(inGuest)),
    ...(look === undefined ? [] : ['To see that it worked:', fence('sh', look)]),
  ];
}

function renderInGuest({ console, commands }: InGuest): string[] {
  return [`In the guest (\`${console}\`), as root:`, fence('sh', commands)];
}

function fence(language: string, lines: readonly string[]): string {
  return ['```' + language, ...lines, '```'].join('\n');
}
