import { parseArgs } from 'node:util';
import type { Acceptance, ExternalObject, ReviewOptions } from '../review';

/** What is said when help is asked for. */
export const USAGE = `Usage: cdk8s-kubevirt check [OPTION]... FILE|DIR|-...

Says what the cluster would refuse, prune, or take and not do: KubeVirt and CDI manifests in files, folders
(every .yaml, .yml and .json below them) and standard input (-). Each file is a step: what is applied together.

  --format FORMAT        table (the default), json, sarif (code scanning) or github (annotations)
  --kubevirt VERSION     release of KubeVirt whose schemas are taken  (default: v1.6.2)
  --cdi VERSION          release of CDI whose schemas are taken       (default: v1.63.1)
  --all-releases         the schemas of every other release too
  --external KIND/[NAMESPACE/]NAME
                         an object that exists without the manifests; may be repeated
  --feature-gate NAME    a gate that the cluster lists; may be repeated (default: those of a KubeVirt object)
  --architecture NAME    of the control plane, and of VMs that name none (default: amd64)
  --accept RULE[@KIND/[NAMESPACE/]NAME]=REASON
                         findings that are meant; may be repeated. An annotation of the object does the same:
                         accept.cdk8s-kubevirt/RULE: REASON
  --strict               warnings count as errors
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

  npx cdk8s synth --stdout --no-validate | cdk8s-kubevirt check -

Exit status: 0 no error found, 1 errors found, 2 something could not be read, or wrong command line.
`;

/** What is asked for. */
export type Request =
  | { readonly kind: 'help' | 'version' }
  | {
      readonly kind: 'check';
      readonly paths: readonly string[];
      readonly options: ReviewOptions;
      readonly format: string;
      readonly strict: boolean;
    };

/** A command line that asks for nothing that there is. */
export class WrongUsage extends Error {}

const OPTIONS = {
  format: { type: 'string', default: 'table' },
  kubevirt: { type: 'string' },
  cdi: { type: 'string' },
  'all-releases': { type: 'boolean' },
  external: { type: 'string', multiple: true },
  'feature-gate': { type: 'string', multiple: true },
  architecture: { type: 'string' },
  accept: { type: 'string', multiple: true },
  strict: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads a command line. */
export function parseCommandLine(argv: readonly string[]): Request {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [command, ...paths] = positionals;
  if (command !== 'check') throw wrong('command', "be 'check'", command);
  if (paths.length === 0) throw new WrongUsage('name a file, a folder, or - for standard input');
  const options: ReviewOptions = {
    kubevirt: values.kubevirt,
    cdi: values.cdi,
    allReleases: values['all-releases'],
    external: values.external?.map(external),
    featureGates: values['feature-gate'],
    architecture: values.architecture,
    accept: values.accept?.map(acceptance),
  };
  return { kind: 'check', paths, options, format: values.format, strict: values.strict };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (thrown) {
    throw new WrongUsage(String((thrown as Error).message));
  }
}

function external(given: string): ExternalObject {
  const [kind, ...names] = given.split('/');
  const [name, namespace] = names.reverse();
  const complete = kind && name && namespace !== '' && names.length <= 2;
  if (!complete) throw wrong('--external', 'be KIND/NAME or KIND/NAMESPACE/NAME', given);
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function acceptance(given: string): Acceptance {
  const [, rule, object, reason] = /^([^@=]+)(?:@([^=]+))?=(.*\S.*)$/s.exec(given) ?? [];
  if (rule === undefined || reason === undefined) {
    throw wrong('--accept', 'be RULE=REASON or RULE@KIND/[NAMESPACE/]NAME=REASON', given);
  }
  return { rule, object: object === undefined ? {} : external(object), reason: reason.trim() };
}

/** A refusal of a value of the command line. */
export function wrong(option: string, must: string, got: string | undefined): WrongUsage {
  return new WrongUsage(`'${option}' must ${must}, got ${got === undefined ? 'nothing' : JSON.stringify(got)}`);
}
