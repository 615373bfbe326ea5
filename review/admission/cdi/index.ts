import { KindRules } from '../../rule';
import { DATA_IMPORT_CRON_RULES } from './data-import-cron';
import { DATA_VOLUME_RULES } from './data-volume';
import { OBJECT_TRANSFER_RULES } from './object-transfer';
import { VOLUME_IMPORT_SOURCE_RULES, VOLUME_UPLOAD_SOURCE_RULES } from './populators';
import { TEMPLATE_RULES } from './template';

const CDI = 'cdi.kubevirt.io';

/** CDI's rules, by the kind that they are for. CDI objects, StorageProfiles and DataSources have their schema only. */
export const RULES: readonly KindRules[] = [
  { apiGroup: CDI, kind: 'DataVolume', rules: DATA_VOLUME_RULES },
  { apiGroup: CDI, kind: 'DataImportCron', rules: DATA_IMPORT_CRON_RULES },
  { apiGroup: CDI, kind: 'VolumeImportSource', rules: VOLUME_IMPORT_SOURCE_RULES },
  { apiGroup: CDI, kind: 'VolumeUploadSource', rules: VOLUME_UPLOAD_SOURCE_RULES },
  { apiGroup: CDI, kind: 'ObjectTransfer', rules: OBJECT_TRANSFER_RULES },
  { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', rules: TEMPLATE_RULES },
];
