import { Machine } from './machine';
import { MachineBook } from './machine-book';

const machine = (namespace: string, name: string) => ({ namespace, name }) as Machine;
const names = (book: MachineBook) => [...book.entries()].map(({ value }) => `${value.namespace}/${value.name}`);

function bookOfTwo(): MachineBook {
  const book = new MachineBook();
  const pool = { kind: 'VirtualMachinePool', name: 'p' };
  for (const namespace of ['a', 'b']) {
    book.put(`${namespace}/p-0`, { part: 'part', step: { name: '' } }, machine(namespace, 'p-0'), pool);
    book.put(`${namespace}/p-1`, { part: 'part', step: { name: '' } }, machine(namespace, 'p-1'), pool);
    book.putSet(`VirtualMachinePool/${namespace}/p`, new Set([`${namespace}/p-0`, `${namespace}/p-1`]));
  }
  return book;
}

describe('MachineBook', () => {
  test('leaves out what a set makes no longer, and says what that is', () => {
    const book = bookOfTwo();
    expect(names(book)).toEqual(['a/p-0', 'a/p-1', 'b/p-0', 'b/p-1']);
    expect(book.putSet('VirtualMachinePool/a/p', new Set(['a/p-0']))).toEqual(['a/p-1']);
    expect(names(book)).toEqual(['a/p-0', 'b/p-0', 'b/p-1']);
  });

  test('forgets the machines and the sets of one namespace alone', () => {
    const book = bookOfTwo();
    book.deleteAll((key) => key.startsWith('a/'));
    expect(names(book)).toEqual(['b/p-0', 'b/p-1']);
    expect([...book.membersOf('VirtualMachinePool/a/p')]).toEqual([]);
    expect([...book.membersOf('VirtualMachinePool/b/p')]).toEqual(['b/p-0', 'b/p-1']);
  });

  test('keeps the machines of a set that is forgotten, and those that no set makes', () => {
    const book = bookOfTwo();
    book.put('a/single', { part: 'part', step: { name: '' } }, machine('a', 'single'), undefined);
    book.deleteSet('VirtualMachinePool/a/p');
    book.putSet('VirtualMachinePool/b/p', new Set());
    expect(names(book)).toEqual(['a/p-0', 'a/p-1', 'a/single']);
    book.delete('a/single');
    expect(book.get('a/single')).toBeUndefined();
    expect(book.get('a/p-0')).toMatchObject({ name: 'p-0' });
  });
});
