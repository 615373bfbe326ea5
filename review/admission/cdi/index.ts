import { KindRules } from '../../rule';
import { late } from '../shared/late';
import { DATA_VOLUME_RULES } from './data-volume';
import { TEMPLATE_RULES } from './template';

/* eslint-disable @typescript-eslint/no-require-imports -- loaded with the first object of its kind, as in others/ */
const crons = () => require('./data-import-cron') as typeof import('./data-import-cron');
const populators = () => require('./populators') as typeof import('./populators');
const transfers = () => require('./object-transfer') as typeof import('./object-transfer');
/* eslint-enable @typescript-eslint/no-require-imports */

const CDI = 'cdi.kubevirt.io';

/** CDI's rules, by the kind that they are for. CDI objects, StorageProfiles and DataSources have their schema only. */
export const RULES: readonly KindRules[] = [
  { apiGroup: CDI, kind: 'DataVolume', rules: DATA_VOLUME_RULES },
  late(CDI, 'DataImportCron', () => crons().DATA_IMPORT_CRON_RULES),
  late(CDI, 'VolumeImportSource', () => populators().VOLUME_IMPORT_SOURCE_RULES),
  late(CDI, 'VolumeUploadSource', () => populators().VOLUME_UPLOAD_SOURCE_RULES),
  late(CDI, 'ObjectTransfer', () => transfers().OBJECT_TRANSFER_RULES),
  { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', rules: TEMPLATE_RULES },
];
