import { isObject, objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { groupOf, kindOf, nameOf } from './identity';

/** An object that another one makes, in its own namespace. */
type Made = readonly [kind: string, name: string];

/** What an object makes, or has its controller make, by group and kind. */
const MAKERS: Readonly<Record<string, (object: Json, name: string) => readonly Made[]>> = {
  'kubevirt.io/VirtualMachine': (object) => [...templates(object, 'spec'), ...harvesterClaims(object)],
  'pool.kubevirt.io/VirtualMachinePool': (object) => templates(object, 'spec', 'virtualMachineTemplate', 'spec'),
  'cdi.kubevirt.io/DataImportCron': (object) => [['DataSource', textAt(object, 'spec', 'managedDataSource')]],
  // https://external-secrets.io/latest/api/externalsecret: the target's name, else its own.
  'external-secrets.io/ExternalSecret': (object, name) => [
    ['Secret', textAt(object, 'spec', 'target', 'name') || name],
  ],
  // https://github.com/bitnami-labs/sealed-secrets: the Secret has the name of the SealedSecret.
  'bitnami.com/SealedSecret': (_object, name) => [['Secret', name]],
  // https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
  'cert-manager.io/Certificate': (object) => [['Secret', textAt(object, 'spec', 'secretName')]],
};

/** What else exists, where an object does. */
export function madeBy(reviewed: Reviewed): readonly Made[] {
  const key = `${groupOf(reviewed)}/${kindOf(reviewed)}`;
  if (!Object.hasOwn(MAKERS, key)) return NOTHING;
  return (MAKERS[key]?.(reviewed.object, nameOf(reviewed)) ?? NOTHING).filter(([, name]) => name !== '');
}

const NOTHING: readonly Made[] = [];

function templates(object: Json, ...spec: readonly string[]): Made[] {
  return objectsAt(object, ...spec, 'dataVolumeTemplates').map((template) => [
    'DataVolume',
    textAt(template, 'metadata', 'name'),
  ]);
}

/** harvester, pkg/util/constants.go, AnnotationVolumeClaimTemplates: claims in JSON, made before the machine starts. */
const HARVESTER = 'harvesterhci.io/volumeClaimTemplates';

function harvesterClaims(object: Json): Made[] {
  const text = textAt(object, 'metadata', 'annotations', HARVESTER);
  if (text === '') return [];
  try {
    const claims: unknown = JSON.parse(text);
    if (!Array.isArray(claims)) return [];
    return claims.filter(isObject).map((claim) => ['PersistentVolumeClaim', textAt(claim, 'metadata', 'name')]);
  } catch {
    return [];
  }
}
