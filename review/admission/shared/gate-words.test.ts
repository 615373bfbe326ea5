import { ClusterConfig } from '../../rule';
import { gateWords } from './gate-words';
import { listGate, needsGate } from './wording';

const MESSAGE = needsGate('tpm', 'VMExport');
const REMEDY = `remove it, or ${listGate('VMExport')}`;

const config = (more: Partial<ClusterConfig>): ClusterConfig => ({
  featureGates: new Set(),
  architecture: 'amd64',
  configuration: {},
  release: 'v1.8.4',
  ...more,
});

const words = (more: Partial<ClusterConfig>, message = MESSAGE) => gateWords(config(more), message, REMEDY);

const LISTED = "list 'VMExport' in spec.configuration.developerConfiguration.featureGates of the KubeVirt object";

describe('gateWords', () => {
  it('has nothing to say of a message about something else', () => {
    expect(words({}, "'tpm' must be given, got nothing")).toBeUndefined();
  });

  it('names the release that leaves it off', () => {
    expect(words({})).toEqual({
      message: "'tpm' must have the feature gate 'VMExport', which is not listed: KubeVirt v1.8.4 leaves it off",
      remedy: `remove it, or ${LISTED}`,
      isCertain: true,
    });
  });

  it('names where the settings stand, and no release where none is known', () => {
    expect(words({ from: 'kubevirt.yaml', release: undefined })?.message).toBe(
      "'tpm' must have the feature gate 'VMExport', which is not listed in kubevirt.yaml",
    );
  });

  it('says of a cluster without settings that they are the defaults', () => {
    expect(words({ assumed: true })).toEqual({
      message:
        "'tpm' must have the feature gate 'VMExport', which KubeVirt v1.8.4 leaves off by default " +
        '(no KubeVirt object stands among the manifests)',
      remedy:
        'remove it, or say that the cluster lists it (--feature-gate VMExport), ' +
        'put the KubeVirt object beside the manifests, or accept this',
      isCertain: false,
    });
  });

  it('says of HyperConverged how it sets a gate', () => {
    expect(words({ byOperator: true })).toEqual({
      message: "'tpm' must have the feature gate 'VMExport', which HyperConverged does not list",
      remedy:
        "remove it, or let the HyperConverged object set 'VMExport': by its own feature gates, where it has one for it, " +
        'else by its annotation kubevirt.kubevirt.io/jsonpatch',
      isCertain: true,
    });
  });

  it('says of a gate that is disabled how it is enabled, from v1.8 on', () => {
    const configuration = { developerConfiguration: { disabledFeatureGates: ['VMExport'] } };
    expect(words({ configuration })).toEqual({
      message: "'tpm' must have the feature gate 'VMExport', which is disabled",
      remedy: "remove it, or take 'VMExport' out of disabledFeatureGates of the KubeVirt object",
      isCertain: true,
    });
    expect(words({ configuration, release: 'v1.7.4' })?.message).toMatch(/not listed: KubeVirt v1.7.4 leaves it off$/);
    const other = { developerConfiguration: { disabledFeatureGates: ['Root'] } };
    expect(words({ configuration: other })?.message).toMatch(/not listed: KubeVirt v1.8.4 leaves it off$/);
  });

  it('names the releases in which it must be listed, where the release is assumed and has it on', () => {
    const message = needsGate('migrationPolicy', 'DeclarativeHotplugVolumes');
    const assumed = config({ release: 'v1.9.0', releaseAssumed: true, assumed: true });
    const found = gateWords(assumed, message, listGate('DeclarativeHotplugVolumes'));
    expect(found).toEqual({
      message: expect.stringMatching(
        /^'migrationPolicy' must have the feature gate 'DeclarativeHotplugVolumes', which must be listed in KubeVirt v1\./,
      ) as string,
      remedy:
        "name the release of the cluster (--kubevirt), or list 'DeclarativeHotplugVolumes' in " +
        'spec.configuration.developerConfiguration.featureGates of the KubeVirt object',
      isCertain: false,
    });
    expect(gateWords({ ...assumed, releaseAssumed: false }, message)?.message).toMatch(/leaves off by default/);
  });

  it('says of a gate that no assumed release has on that it is off by default', () => {
    expect(words({ releaseAssumed: true, assumed: true })?.message).toMatch(/KubeVirt v1.8.4 leaves off by default/);
  });

  it('says of a gate that is asked for in the list even where it is GA that it is off by default', () => {
    const message = needsGate('reservation', 'PersistentReservation');
    const assumed = config({ release: 'v1.9.0', releaseAssumed: true, assumed: true, anyGate: true });
    expect(gateWords(assumed, message)?.message).toMatch(/which KubeVirt v1.9.0 leaves off by default/);
  });

  it('keeps a message without a remedy', () => {
    expect(gateWords(config({ assumed: true }), MESSAGE)?.remedy).toBeUndefined();
  });
});
