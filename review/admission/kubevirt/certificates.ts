import { objectAt } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { parseDuration } from '../shared/go-duration';
import { must } from '../shared/wording';
import { UPDATE, updateRules } from './update-rule';

const SOURCE = `${UPDATE}:validateCertificates`;

/** As the manifest says it; the webhook's messages say `certificateRotationStrategy`. */
const FIELD = 'spec.certificateRotateStrategy.selfSigned';

const OLD_KEYS = ['caRotateInterval', 'certRotateInterval', 'caOverlapInterval'] as const;
const DURATIONS = [
  ...OLD_KEYS.map((key) => [key] as const),
  ...['ca', 'server'].flatMap((key) => [[key, 'duration'] as const, [key, 'renewBefore'] as const]),
];

const HOUR = 3600e9;
const CA_DURATION = 7 * 24 * HOUR;
const SERVER_DURATION = 24 * HOUR;

/** Rules for the certificates that KubeVirt makes for itself. */
export const CERTIFICATE_RULES: readonly Rule[] = [
  ...updateRules({
    id: 'kubevirt-certificates-duration-valid',
    sentence: 'Durations of certificates are Go durations.',
    source: `${UPDATE}:getAdmissionReviewKubeVirt (metav1.Duration)`,
    check: (spec, note) => {
      for (const path of DURATIONS) {
        const value = selfSignedOf(spec, ...path);
        if (value === undefined || parseDuration(value) !== undefined) continue;
        note([FIELD, ...path].join('.'), must(path.at(-1) ?? '', `be a duration such as '24h'`, value));
      }
    },
  }),
  ...updateRules({
    id: 'kubevirt-certificates-one-form',
    sentence: 'Certificates are set by the old keys or the new ones, not both.',
    source: SOURCE,
    check: (spec, note) => {
      const old = OLD_KEYS.filter((key) => selfSignedOf(spec, key) !== undefined);
      const current = ['ca', 'server'].filter((key) => selfSignedOf(spec, key) !== undefined);
      if (old.length === 0 || current.length === 0) return;
      const message = must('selfSigned', `have 'ca' and 'server', or the old keys`, [...old, ...current]);
      note(FIELD, message, `leave out ${old.join(', ')}`);
    },
  }),
  ...updateRules({
    id: 'kubevirt-certificates-ca-renewal',
    sentence: 'The CA is renewed within its duration.',
    source: SOURCE,
    check: (spec, note) => {
      const { ca, caRenewBefore } = durationsOf(spec);
      if (ca >= caRenewBefore) return;
      note(`${FIELD}.ca`, `'renewBefore' must be at most 'duration' ${hours(ca)}, got ${hours(caRenewBefore)}`);
    },
  }),
  ...updateRules({
    id: 'kubevirt-certificates-server-renewal',
    sentence: 'A server certificate is renewed within its duration.',
    source: SOURCE,
    check: (spec, note) => {
      const { server, serverRenewBefore } = durationsOf(spec);
      if (server >= serverRenewBefore) return;
      const message = `'renewBefore' must be at most 'duration' ${hours(server)}, got ${hours(serverRenewBefore)}`;
      note(`${FIELD}.server`, message);
    },
  }),
  ...updateRules({
    id: 'kubevirt-certificates-server-within-ca',
    sentence: 'A server certificate lasts no longer than the CA.',
    source: SOURCE,
    check: (spec, note) => {
      const { ca, server } = durationsOf(spec);
      if (server <= ca) return;
      const message = `'duration' must be at most that of the CA, ${hours(ca)}, got ${hours(server)}`;
      note(`${FIELD}.server.duration`, message, `without one the CA's is 168h, the server's 24h`);
    },
  }),
];

/** Durations in nanoseconds, with their defaults: pkg/virt-operator/resource/apply, GetCADuration and beside it. */
function durationsOf(spec: Json): Record<'ca' | 'caRenewBefore' | 'server' | 'serverRenewBefore', number> {
  const at = (...path: string[]) => parseDuration(selfSignedOf(spec, ...path));
  const ca = at('caRotateInterval') ?? at('ca', 'duration') ?? CA_DURATION;
  const server = at('certRotateInterval') ?? at('server', 'duration') ?? SERVER_DURATION;
  return {
    ca,
    caRenewBefore: at('caOverlapInterval') ?? at('ca', 'renewBefore') ?? ca / 5,
    server,
    serverRenewBefore: at('server', 'renewBefore') ?? server / 5,
  };
}

function selfSignedOf(spec: Json, ...path: readonly string[]): unknown {
  const [key, ...above] = [...path].reverse();
  return objectAt(spec, 'certificateRotateStrategy', 'selfSigned', ...above.reverse())?.[key ?? ''];
}

function hours(duration: number): string {
  return `'${duration / HOUR}h'`;
}
