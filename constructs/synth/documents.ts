import { IAnyProducer } from 'cdk8s';
import { Faults } from '../shared/refusal';
import { segmentFault } from './file-plan';

/** The text files that are written beside the manifests, by their paths below the output folder. */
export class Documents {
  private readonly texts = new Map<string, IAnyProducer>();

  /** @throws if the path leads out of the output folder, would be taken for a manifest, or is taken. */
  public add(path: string, text: IAnyProducer): void {
    const faults = new Faults('ManifestApp.addDocument');
    checkPath(faults, path);
    if (typeof (text as Partial<IAnyProducer> | undefined)?.produce !== 'function') {
      faults.add('text', 'be what produces text', text, 'write { produce: () => … }');
    }
    if (this.texts.has(path)) faults.add('path', 'be of one document', path);
    faults.refuse();
    this.texts.set(path, text);
  }

  /** The paths, in the order in which they were added. */
  public get paths(): string[] {
    return [...this.texts.keys()];
  }

  /** The text of the document at `path`. */
  public text(path: string): string {
    const text: unknown = this.texts.get(path)?.produce();
    if (typeof text !== 'string') throw new Error(`'text' must produce text, got ${typeof text}`);
    return text;
  }
}

function checkPath(faults: Faults, path: unknown): void {
  if (typeof path !== 'string' || path === '') {
    faults.add('path', 'be a path below the output folder', path);
    return;
  }
  if (/^([/\\]|[A-Za-z]:)/.test(path)) faults.add('path', 'be relative to the output folder', path);
  else {
    const must = path
      .split('/')
      .map(segmentFault)
      .find((fault) => fault !== undefined);
    if (must !== undefined) faults.add('path', `be of names that each ${must}`, path);
  }
  if (/\.(ya?ml|json)$/i.test(path)) {
    faults.add('path', "not end in '.yaml', '.yml' or '.json'", path, 'kubectl would take it for a manifest');
  }
}
