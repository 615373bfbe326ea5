import { Chapter } from './chapter';
import { markdownTable } from './runbook';

/** The page that leads to the chapters, as Markdown. */
export function renderOverview(chapters: readonly Chapter[]): string {
  const rows = chapters.map((chapter) => {
    const { title, shows, needs } = chapter.text;
    return [`[${title}](${chapter.node.id}/RUNBOOK.md)`, shows, needs];
  });
  return `${[OPENING, '## The chapters', markdownTable(['chapter', 'shows', 'needs'], rows), ORDER].join('\n\n')}\n`;
}

const OPENING = `# A thousand claims

A hypervisor keeps its disks in datastores: ten of them, with a hundred disks each. Kubernetes has no datastore. Each disk is a claim of its own, so the ten
become a thousand, and what was decided ten times is decided a thousand times:

- **Placement.** Which storage class a claim names decides which backend pool it comes from, and so what it can be cloned to. Its access mode decides whether the VM can be
  migrated while it runs; its volume mode, what lies between the VM and the device.
- **Protection.** A snapshot is taken of a claim, not of a datastore: what is to be restored together must be found again among a thousand, by namespaces and labels. A clone that shares
  blocks with its source leans on it until something splits the two.

The chapters show these decisions one at a time, on small VMs. [INVENTORY.md](INVENTORY.md) counts what they make: VMs, claims, room, and what each clone will do.`;

const ORDER = `Start with chapter 0; then any chapter whose needs are there. Each runbook ends with a clean-up that can be pasted whole and repeated, and that leaves what other chapters need; after it the chapter
can be run again. Chapters 1.4 and 1.5 clone the disk of chapter 1.3, so clean that one up after them, and chapter 0 last.`;
