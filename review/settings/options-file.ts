import * as fs from 'node:fs';
import * as path from 'node:path';
import { regularText } from '../../constructs/shared/regular-file';
import { yamlParser } from '../../constructs/shared/yaml-parser';
import type { ReviewOptions } from '../engine';
import { isObject } from '../manifests/json';
import { checkedOptions } from '../options';

/** Options of the command and of the plugin: those of a review, and whether warnings fail it. */
export interface SharedOptions extends ReviewOptions {
  /**
   * File with what is known of the cluster's storage: what `kubectl get
   * storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml` printed.
   *
   * @default - what the manifests themselves say of it
   */
  readonly storage?: string;

  /**
   * Whether warnings fail, too.
   *
   * @default false
   */
  readonly strict?: boolean;
}

/** Options of the working folder, and which file says each. */
export interface FolderOptions {
  readonly options: SharedOptions;
  /** Name of the file by option. */
  readonly files: ReadonlyMap<string, string>;
}

/** The file of options that every command and the plugin read. */
export const OPTIONS_FILE = 'cdk8s-kubevirt.yaml';

const PROJECT_FILE = 'cdk8s.yaml';
const PLUGIN = 'KubeVirtReview';

/**
 * What `cdk8s-kubevirt.yaml` says, and for what it does not say the properties of the plugin in `cdk8s.yaml`; both of one folder,
 * and of none above it. A list of the one takes the place of the other's.
 *
 * @throws if one of them is not YAML, or names an option that no review has.
 */
export function folderOptions(folder: string): FolderOptions {
  const found = [
    [PROJECT_FILE, checked(PROJECT_FILE, pluginProperties(read(folder, PROJECT_FILE)))],
    [OPTIONS_FILE, optionsFile(folder)],
  ] as const;
  const files = found.flatMap(([file, options]) => Object.keys(options).map((key): [string, string] => [key, file]));
  return { options: Object.assign({}, ...found.map(([, options]) => options)) as SharedOptions, files: new Map(files) };
}

/** What `cdk8s-kubevirt.yaml` of a folder says; empty if there is no such file. */
export function optionsFile(folder: string): SharedOptions {
  return checked(OPTIONS_FILE, read(folder, OPTIONS_FILE));
}

/** `cdk8s-kubevirt.yaml (external, strict)`: where the options that hold come from, a text a file. */
export function sourcesOf(files: ReadonlyMap<string, string>, overridden: ReadonlySet<string> = new Set()): string[] {
  return [OPTIONS_FILE, PROJECT_FILE].flatMap((file) => {
    const keys = [...files].filter(([key, of]) => of === file && !overridden.has(key)).map(([key]) => key);
    return keys.length === 0 ? [] : [`${file} (${keys.sort().join(', ')})`];
  });
}

/** The value of a file; undefined if it does not exist, or is empty. */
function read(folder: string, file: string): unknown {
  const at = path.join(folder, file);
  if (!fs.existsSync(at)) return undefined;
  const text = regularText(at);
  const { load } = yamlParser();
  try {
    return load(text);
  } catch (thrown) {
    throw new Error(`${file} must be YAML: ${(thrown as Error).message.split('\n')[0]}`);
  }
}

function pluginProperties(project: unknown): unknown {
  const validations: unknown = isObject(project) ? project.validations : undefined;
  const plugins: unknown[] = Array.isArray(validations) ? validations : [];
  const plugin = plugins.find((one) => isObject(one) && one.class === PLUGIN);
  return isObject(plugin) ? plugin.properties : undefined;
}

function checked(file: string, options: unknown): SharedOptions {
  if (options === undefined || options === null) return {};
  try {
    return checkedOptions(options as SharedOptions, 'plugin');
  } catch (thrown) {
    throw new Error(`${file}: ${(thrown as Error).message.replace(/^\[review\] /, '')}`);
  }
}
