import { isDeepStrictEqual } from 'node:util';
import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { dataText, DATASOURCES } from '../cloud-init-data';
import { call, Code, lines, literal, options } from '../language/expression';
import { Entries, memberCode, textCode, tried } from '../language/scalars';
import { hasComments, yamlOf } from '../meaning/cloud-config';
import { cloudConfigCode } from './cloud-config';

/** Cloud-init's data; undefined where the construct does not take the text. */
export function cloudInitCode(volume: Json): Code | undefined {
  const key = DATASOURCES.find((one) => isObject(volume[one]))!;
  const source = volume[key] as Json;
  const datasource =
    key === 'cloudInitNoCloud' ? undefined : memberCode('CloudInitDatasource', k.CloudInitDatasource, key);
  const network = dataText(source, 'networkData');
  const all = options([
    ['datasource', datasource],
    ...networkEntries(network),
    ['networkDataSecretName', textCode(valueAt(source, 'networkDataSecretRef', 'name'))],
  ]);
  const secret = valueAt(source, 'secretRef', 'name');
  const userData = dataText(source, 'userData');
  return tried(() => {
    if (typeof secret === 'string') return call('CloudInit', k.CloudInit, 'fromSecretName', literal(secret), all);
    if (userData === undefined) return all && call('CloudInit', k.CloudInit, 'networkOnly', all);
    const typed = cloudConfigCode(userData, all);
    if (typed !== undefined) return typed;
    const raw = (factory: string): Code => call('CloudInit', k.CloudInit, factory, lines(userData), all);
    return tried(() => raw('raw')) ?? raw('foreign');
  });
}

/** Network data by what its YAML says, where it has no comments; else its text. */
function networkEntries(text: string | undefined): Entries {
  if (text === undefined) return [];
  const data = yamlOf(text);
  if (data === undefined || hasComments(text, data)) return [['networkData', lines(text)]];
  const code = tried(() => call('CloudInitNetwork', k.CloudInitNetwork, 'of', literal(data)));
  const isWhole = code !== undefined && isDeepStrictEqual(yamlOf((code.value as k.CloudInitNetwork)._text()), data);
  return isWhole ? [['network', code]] : [['networkData', lines(text)]];
}
