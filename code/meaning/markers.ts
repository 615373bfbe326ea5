/** Annotations and labels that a prop says. */

/** CDI binds the claim at once: v1.63.1, pkg/common/common.go, AnnImmediateBinding. It asks whether it is there, whatever its value. */
export const BIND_IMMEDIATELY = 'cdi.kubevirt.io/storage.bind.immediate.requested';

/** CDI holds a claim ready for an upload: doc/upload.md. */
export const UPLOAD_TARGET = 'cdi.kubevirt.io/storage.upload.target';

/** Default classes, by their annotations. */
export const IS_DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
export const IS_DEFAULT_VIRT_CLASS = 'storageclass.kubevirt.io/is-default-virt-class';
export const IS_DEFAULT_SNAPSHOT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';

/** CDI v1.66.0: pkg/common/common.go, DataImportCronLabel; pkg/controller/common/util.go, LabelDefaultInstancetype. */
export const CRON_LABEL = 'cdi.kubevirt.io/dataImportCron';
export const INFERENCE_LABELS = 'instancetype.kubevirt.io/default-';
