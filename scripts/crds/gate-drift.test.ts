import { Stage } from '../../review/cluster/feature-gates';
import { gateDrift, registeredGates } from './gate-drift';

const GO = `
const (
	// Snapshot is a gate.
	SnapshotGate = "Snapshot"
	RootGate     = "Root"
)

func init() {
	RegisterFeatureGate(FeatureGate{Name: SnapshotGate, State: Alpha})
	RegisterFeatureGate(FeatureGate{Name: RootGate, State: Alpha})
}
`;
const PASST = `
const PasstGate = "Passt"
const x = "y"
	PasstGate = "Passt"
func init() {
	RegisterFeatureGate(FeatureGate{
		Name:    PasstGate,
		State:   Discontinued,
		Message: "gone",
	})
	RegisterFeatureGate(FeatureGate{Name: SnapshotGate, State: Beta})
}
`;

describe('registeredGates', () => {
  test('finds each gate by its value, with its last state', () => {
    expect([...registeredGates([GO, PASST])]).toEqual([
      ['Snapshot', Stage.BETA],
      ['Root', Stage.ALPHA],
      ['Passt', Stage.DISCONTINUED],
    ]);
  });

  test('fails when it does not know a name or a state', () => {
    expect(() => registeredGates(['RegisterFeatureGate(FeatureGate{Name: Other, State: Alpha})'])).toThrow(
      'the name of the gate Other is not among the constants',
    );
    expect(() => registeredGates([`${GO}RegisterFeatureGate(FeatureGate{Name: RootGate, State: Gamma})`])).toThrow(
      'the gate Root has the state Gamma, which is not known',
    );
  });
});

describe('gateDrift', () => {
  test('says which gates the code has in another stage, or not at all', () => {
    const drift = gateDrift('v1.6.2', registeredGates([GO]));
    expect(drift).toContain("v1.6.2 Snapshot: the table says 'b', the code 'a'");
    expect(drift).toContain("v1.6.2 VMExport: the table says 'b', the code '-'");
    expect(drift.some((line) => line.includes(' Root:'))).toBe(false);
    expect(gateDrift('v1.9.0', new Map([['New', Stage.ALPHA]]))).toContain(
      "v1.9.0 New: the table says '-', the code 'a'",
    );
  });

  test('leaves the gate that no webhook asks for any more, from the release on that deprecates it', () => {
    const deprecated = new Map([['MultiArchitecture', Stage.DEPRECATED]]);
    const of = (release: string) => gateDrift(release, deprecated).filter((line) => line.includes('MultiArch'));
    expect(of('v1.8.4')).toEqual([]);
    expect(of('v1.7.4')).toEqual(["v1.7.4 MultiArchitecture: the table says 'a', the code 'd'"]);
  });
});
