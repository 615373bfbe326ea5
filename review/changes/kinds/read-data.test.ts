import { diff } from '..';
import { Json } from '../../rule';

function secret(data: Json, more: Json = {}): Json {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'shop' }, data, ...more };
}

function machine(name: string, spec: Json): Json {
  const domain = { devices: {}, memory: { guest: '1Gi' } };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace: 'shop' },
    spec: { runStrategy: 'Always', template: { spec: { domain, ...spec } } },
  };
}

const credentials = (propagationMethod: Json): Json => ({
  accessCredentials: [{ userPassword: { source: { secret: { secretName: 'login' } }, propagationMethod } }],
});

/** What other data of the Secret does. */
function said(next: Json, ...machines: Json[]): string[] {
  const { changes } = diff([secret({ a: 'Yg==' }), ...machines], [next, ...machines]);
  return changes.map(({ consequence, message, reason, assumed = [] }) =>
    [`${consequence}: ${message}: ${reason}`, ...assumed].join(' | '),
  );
}

describe('the data of a Secret', () => {
  const next = secret({ a: 'Yw==' });

  test('is read by nobody', () => {
    expect(said(next, machine('web', {}))).toEqual([
      'in-place: the data changes: no VirtualMachine among the manifests reads it',
    ]);
  });

  test('is read at once, at the next start, or never again', () => {
    const agent = machine('agent', credentials({ qemuGuestAgent: { users: ['me'] } }));
    const disk = machine('disk', { volumes: [{ name: 'd', secret: { secretName: 'login' } }] });
    const seed = machine('seed', {
      volumes: [{ name: 'c', cloudInitNoCloud: { secretRef: { name: 'login' } } }],
      ...credentials({ noCloud: {} }),
    });
    expect(said(next, seed, disk, agent)).toEqual([
      'later: the data changes: disk reads it at its next start, which nothing asks for (a disk)',
      'ignored: the data changes: seed read it at its first start, and does not run it again (user data, access credentials) | the machine was started before',
      'live: the data changes: agent takes it at once, by the guest agent (access credentials)',
    ]);
  });

  test('is changed and marked immutable together', () => {
    expect(said(secret({ a: 'Yw==' }, { immutable: true }))).toEqual([
      expect.stringContaining('in-place: the data changes'),
      expect.stringContaining('the Secret is marked immutable'),
    ]);
  });
});
