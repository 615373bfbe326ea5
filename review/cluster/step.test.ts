import { Reviewed } from '../manifests/manifest';
import { Root } from '../manifests/roots/root';
import { meets, Step, stepOf } from './step';

const ROOT: Root = { name: 'app', kind: 'steps', isOpen: false };
const object = { kind: 'VirtualMachine', metadata: { name: 'vm' } };
const of = (root: Root | undefined, origin: Reviewed['origin']): Reviewed => ({ object, root, origin }) as Reviewed;
const at = (name: string, more: Partial<Root> = {}): Step => ({ name, folder: { ...ROOT, ...more } });

describe('the step of an object', () => {
  test('is its file in a folder of steps, else all of its root', () => {
    expect(stepOf(of(ROOT, { file: 'app/1.yaml' }))).toEqual({ name: 'app/1.yaml', folder: ROOT });
    const kustomization: Root = { ...ROOT, kind: 'kustomization' };
    expect(stepOf(of(kustomization, { file: 'app/a.yaml' }))).toEqual(
      stepOf(of(kustomization, { file: 'app/b.yaml' })),
    );
    expect(stepOf(of(undefined, { file: 'a.yaml' }))).toEqual(stepOf(of(undefined, { file: 'b.yaml' })));
    expect(stepOf(of(undefined, { step: 'first' }))).toEqual({ name: 'first' });
  });
});

describe('a machine that a step starts', () => {
  const machine = { object };
  test('still runs in the same step and in later ones', () => {
    expect(meets(at('1.yaml'), at('1.yaml'), machine)).toBe(true);
    expect(meets(at('1.yaml'), at('3.yaml'), machine)).toBe(true);
    expect(meets(at('3.yaml'), at('1.yaml'), machine)).toBe(false);
    expect(meets({ name: 'first' }, { name: 'second' }, machine)).toBe(false);
    expect(meets({ name: '' }, at(''), machine)).toBe(false);
  });

  test('does not where a runbook halts or deletes it in between', () => {
    const halts = [{ after: '2.yaml', kind: 'vm', name: 'vm' }];
    expect(meets(at('1.yaml', { halts }), at('3.yaml', { halts }), machine)).toBe(false);
    expect(meets(at('1.yaml', { deletions: halts }), at('3.yaml'), machine)).toBe(false);
    expect(meets(at('1.yaml', { halts }), at('2.yaml', { halts }), machine)).toBe(true);
    const other = [{ after: '2.yaml', kind: 'vm', name: 'other' }];
    expect(meets(at('1.yaml', { halts: other }), at('3.yaml'), machine)).toBe(true);
  });
});
