/** A part of a page as a screen reader is told it. */
export interface AccessiblePart {
  readonly role: string;
  readonly name: string;
}

/** What Chromium tells screen readers of a page: https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/ */
export async function accessibleParts(session: {
  send(method: string): Promise<unknown>;
}): Promise<readonly AccessiblePart[]> {
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { readonly nodes: readonly AxNode[] };
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: String(role?.value ?? ''), name: String(name?.value ?? '').trim() }));
}

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
}

/** What of a page has no name, or is not there: its landmarks, its head, what can be pressed or filled, its pictures. */
export function outlineFaults(parts: readonly AccessiblePart[]): string[] {
  const count = (role: string): number => parts.filter((part) => part.role === role).length;
  const single = ['banner', 'main'].filter((role) => count(role) !== 1).map((role) => `${count(role)} of ${role}`);
  const nameless = parts
    .filter(({ role, name }) => NAMED.has(role) && name === '')
    .map(({ role }) => `a ${role} without a name`);
  return [...single, ...nameless];
}

const NAMED: ReadonlySet<string> = new Set([
  'region',
  'heading',
  'button',
  'searchbox',
  'table',
  'columnheader',
  'image',
  'link',
]);
