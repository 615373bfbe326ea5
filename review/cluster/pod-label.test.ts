import { Machine } from './machine';
import { instanceLabel, podLabel } from './pod-label';

const machine = (name: string, hostname?: string) => ({ name, guest: { hostname } }) as unknown as Machine;

describe('the labels of the pod of a machine', () => {
  it('have its name, cut and hashed where it is longer than a label', () => {
    expect(instanceLabel(machine('web'))).toBe('web');
    expect(instanceLabel(machine('a'.repeat(63)))).toBe('a'.repeat(63));
    // echo -n aaa… (64) | sha1sum
    expect(instanceLabel(machine('a'.repeat(64)))).toBe(`${'a'.repeat(54)}-0098ba82`);
  });

  it('have its host name, else the first part of its name', () => {
    expect(podLabel(machine('web.shop', 'www'))).toBe('www');
    expect(podLabel(machine('web.shop'))).toBe('web');
    expect(podLabel(machine('a'.repeat(64)))).toBe('a'.repeat(63));
  });
});
