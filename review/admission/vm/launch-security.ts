import { childIn, has, objectAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate, show } from '../shared/wording';
import { cite, DEVICES, gated, hasRelease, Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const LAUNCH_SECURITY = `${TEMPLATE}.domain.launchSecurity`;
/** The webhook's path leaves out where it stands. */
const SERVER_FIELD = `${TEMPLATE}.launchSecurity`;
const BOOTLOADER = `${TEMPLATE}.domain.firmware.bootloader`;

const SEV_GATE = 'WorkloadEncryptionSEV';
const TDX_GATE = 'WorkloadEncryptionTDX';
const SECURE_EXECUTION_GATE = 'SecureExecution';

/** From this release on each architecture has its own types, and there are others beside SEV. */
const BY_ARCHITECTURE = 'v1.7.4';
const TYPES = ['sev', 'snp', 'tdx'] as const;
type Type = (typeof TYPES)[number];

const AMD64 = cite('pkg/virt-api/webhooks/amd64.go', 'ValidateLaunchSecurityAmd64');
const MOVED = [{ since: BY_ARCHITECTURE, source: AMD64 }];
const PLAIN_EFI = "write 'firmware: {bootloader: {efi: {secureBoot: false}}}'";

/** Memory that the host cannot read. */
export const LAUNCH_SECURITY_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['launchSecurity'] },
  [
    {
      id: 'launch-security-secure-execution-gate',
      since: 'v1.6.2',
      until: 'v1.8.4',
      sentence: 'Launch security on s390x is used while its feature gate is on.',
      source: vmiCreate('validateLaunchSecurity'),
      moved: [
        { since: BY_ARCHITECTURE, source: cite('pkg/virt-api/webhooks/s390x.go', 'ValidateLaunchSecurityS390x') },
      ],
      check: (machine, note) => {
        if (!has(machine.domain, 'launchSecurity') || machine.architecture !== 's390x') return;
        if (gated(machine, SECURE_EXECUTION_GATE)) return;
        const message = needsGate('launchSecurity on s390x', SECURE_EXECUTION_GATE);
        note(LAUNCH_SECURITY, message, listGate(SECURE_EXECUTION_GATE), SERVER_FIELD);
      },
    },
    {
      id: 'launch-security-architecture',
      since: BY_ARCHITECTURE,
      sentence: 'Launch security is used on amd64 or s390x.',
      source: vmiCreate('validateLaunchSecurity'),
      check: ({ domain, architecture }, note) => {
        if (!has(domain, 'launchSecurity') || ['amd64', 's390x'].includes(architecture)) return;
        const message = `'launchSecurity' must be left out on ${architecture}`;
        note(LAUNCH_SECURITY, message, undefined, `${TEMPLATE}.architecture`);
      },
    },
    {
      id: 'launch-security-type-single',
      since: BY_ARCHITECTURE,
      sentence: 'Launch security on amd64 has exactly one type.',
      source: AMD64,
      check: (machine, note) => {
        if (!has(machine.domain, 'launchSecurity') || machine.architecture !== 'amd64') return;
        const given = typesOf(machine);
        if (given.length === 1) return;
        const got = given.length === 0 ? 'none' : show(given);
        note(
          LAUNCH_SECURITY,
          `'launchSecurity' must be one of 'sev', 'snp' and 'tdx', got ${got}`,
          undefined,
          SERVER_FIELD,
        );
      },
    },
    {
      id: 'launch-security-sev-gate',
      sentence: 'SEV and SNP are used while their feature gate is on.',
      source: vmiCreate('validateLaunchSecurity'),
      moved: MOVED,
      check: (machine, note) => {
        // Before v1.6.2 the gate is of every launch security.
        const any =
          hasRelease(machine, 'v1.6.2') || !has(machine.domain, 'launchSecurity') ? undefined : 'launchSecurity';
        const type = typeOf(machine) ?? any;
        if (type === undefined || type === 'tdx' || gated(machine, SEV_GATE)) return;
        note(LAUNCH_SECURITY, needsGate(type, SEV_GATE), listGate(SEV_GATE), SERVER_FIELD);
      },
    },
    {
      id: 'launch-security-tdx-gate',
      since: BY_ARCHITECTURE,
      sentence: 'TDX is used while its feature gate is on.',
      source: AMD64,
      check: (machine, note) => {
        if (typeOf(machine) !== 'tdx' || gated(machine, TDX_GATE)) return;
        note(LAUNCH_SECURITY, needsGate('tdx', TDX_GATE), listGate(TDX_GATE), SERVER_FIELD);
      },
    },
    {
      id: 'launch-security-tdx-smm',
      since: BY_ARCHITECTURE,
      sentence: 'A machine with TDX has no SMM.',
      source: AMD64,
      check: sealed((type, { domain }, note) => {
        const smm = childIn(childIn(domain, 'features'), 'smm');
        if (type !== 'tdx' || smm === undefined || smm.enabled === false) return;
        const message = must('features.smm', "be off with 'tdx'", smm);
        note(`${TEMPLATE}.domain.features.smm`, message, undefined, SERVER_FIELD);
      }),
    },
    {
      id: 'launch-security-sev-efi',
      sentence: 'A machine whose memory is encrypted boots by EFI.',
      source: vmiCreate('validateLaunchSecurity'),
      moved: MOVED,
      check: sealed((type, { domain, hasPreference }, note) => {
        // A preference may bring EFI.
        if (efi(domain) !== undefined || hasPreference) return;
        const message = must('firmware.bootloader.efi', `be given with '${type}'`, undefined);
        note(BOOTLOADER, message, PLAIN_EFI, SERVER_FIELD);
      }),
    },
    {
      id: 'launch-security-sev-secure-boot',
      sentence: 'A machine with SEV or SNP has no secure boot.',
      source: vmiCreate('validateLaunchSecurity'),
      moved: MOVED,
      check: sealed((type, { domain }, note) => {
        const loader = efi(domain);
        // Secure boot is on unless it is turned off.
        if (type === 'tdx' || loader === undefined || loader.secureBoot === false) return;
        const message = must('secureBoot', `be false with '${type}'`, loader.secureBoot);
        note(`${BOOTLOADER}.efi`, message, PLAIN_EFI, SERVER_FIELD);
      }),
    },
    {
      id: 'launch-security-persistent-efi',
      since: BY_ARCHITECTURE,
      sentence: 'A machine with SNP or TDX keeps no EFI variables.',
      source: AMD64,
      check: sealed((type, { domain }, note) => {
        if (type === 'sev' || efi(domain)?.persistent !== true) return;
        const message = must('persistent', `be left out with '${type}'`, true);
        note(`${BOOTLOADER}.efi.persistent`, message, undefined, SERVER_FIELD);
      }),
    },
    {
      id: 'launch-security-sev-attestation-paused',
      sentence: 'A machine with SEV attestation starts paused.',
      source: vmiCreate('validateLaunchSecurity'),
      moved: MOVED,
      check: sealed((type, machine, note) => {
        const strategy = machine.template.startStrategy;
        if (type !== 'sev' || !has(settings(machine, type), 'attestation') || strategy === 'Paused') return;
        const message = must('startStrategy', "be 'Paused' with 'sev.attestation'", strategy);
        note(`${TEMPLATE}.startStrategy`, message, undefined, SERVER_FIELD);
      }),
    },
    {
      id: 'launch-security-sev-boot-interface',
      sentence: 'A machine whose memory is encrypted does not boot from an interface.',
      source: vmiCreate('validateLaunchSecurity'),
      moved: MOVED,
      check: sealed((type, { interfaces }, note) => {
        for (const [index, { name, bootOrder }] of interfaces.entries()) {
          if (bootOrder === undefined || bootOrder === null) continue;
          const message = must('bootOrder', `be left out of interface ${show(name)} with '${type}'`, bootOrder);
          note(`${DEVICES}.interfaces[${index}].bootOrder`, message, undefined, SERVER_FIELD);
        }
      }),
    },
  ],
);

function typesOf(machine: Machine): readonly Type[] {
  return TYPES.filter((type) => settings(machine, type) !== undefined);
}

/** The one type that a machine has; undefined if it has several, or one that its release or architecture does not look at. */
function typeOf(machine: Machine): Type | undefined {
  if (!hasRelease(machine, BY_ARCHITECTURE)) return settings(machine, 'sev') && 'sev';
  const [type, ...others] = typesOf(machine);
  return machine.architecture === 'amd64' && others.length === 0 ? type : undefined;
}

function settings({ domain }: Machine, type: Type): Json | undefined {
  return childIn(childIn(domain, 'launchSecurity'), type);
}

/** What encrypted memory asks for, once it is allowed at all. */
function sealed(check: (type: Type, machine: Machine, note: Note) => void): MachineCheck {
  return (machine, note) => {
    const type = typeOf(machine);
    if (type !== undefined && gated(machine, type === 'tdx' ? TDX_GATE : SEV_GATE)) check(type, machine, note);
  };
}

function efi(domain: Json): Json | undefined {
  return objectAt(domain, 'firmware', 'bootloader', 'efi');
}
