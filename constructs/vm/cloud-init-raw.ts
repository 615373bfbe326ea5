import type { YAMLException } from 'js-yaml';
import { isObject } from '../shared/checks';
import { clearSecrets } from '../shared/clear-secrets';
import { Faults } from '../shared/refusal';
import { yamlReason } from '../shared/wording';
import { yamlParser } from '../shared/yaml-parser';

/** What user data in YAML begins with; with a template before it, it is YAML only when the guest has filled it in. */
const CLOUD_CONFIG = /^\s*#cloud-config[ \t]*(?:\r?\n|$)/i;

const ALLOW = 'CloudInit.publicDemoRaw(…) says that everybody may know it';

/** Notes user data that says it is a cloud-config, and is no YAML, or holds a password or key that everybody could read. */
export function checkRawConfig(faults: Faults, userData: string, isPublic: boolean): void {
  if (!CLOUD_CONFIG.test(userData)) return;
  const data = readMap(faults, 'userData', userData);
  if (data === undefined || isPublic) return;
  for (const place of clearSecrets(data)) {
    const remedy = `use a hash ('openssl passwd -6'), or a Secret and CloudInit.fromSecretName('…'); ${ALLOW}`;
    faults.note(`'userData' must not hold a secret that everybody reads, got one at ${place} (not shown); ${remedy}`);
  }
}

/** Notes network data that is no YAML. */
export function checkRawNetwork(faults: Faults, networkData: string): void {
  readMap(faults, 'networkData', networkData);
}

/** The map that the text holds; what is wrong with it is noted without the text, which may hold a password. */
function readMap(faults: Faults, property: string, text: string): Record<string, unknown> | undefined {
  if (text.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return {};
  const { load } = yamlParser();
  let data: unknown;
  try {
    data = load(text);
  } catch (thrown) {
    const { reason = 'it cannot be read', mark } = thrown as YAMLException;
    const place = mark === undefined ? '' : ` at line ${mark.line + 1}`;
    faults.note(`'${property}' must be YAML, got other text${place} (${yamlReason(reason)})`);
    return undefined;
  }
  if (data === null) return {};
  if (isObject(data)) return data;
  faults.note(`'${property}' must be a map in YAML, got ${Array.isArray(data) ? 'a list' : 'text'}`);
  return undefined;
}
