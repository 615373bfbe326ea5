/** Where the bytes of a DataVolume come from. */
export enum DataVolumeSourceKind {
  /** An image in a container registry. */
  REGISTRY = 'registry',
  /** An image on a web server. */
  HTTP = 'http',
  /** An image that a client uploads. */
  UPLOAD = 'upload',
  /** Another claim: a clone. */
  CLAIM = 'pvc',
  /** A VolumeSnapshot: a clone. */
  SNAPSHOT = 'snapshot',
  /** An empty disk. */
  BLANK = 'blank',
  /** An image in a bucket of Amazon's S3, or of a store that speaks it. */
  S3 = 's3',
  /** An image in a bucket of Google Cloud Storage. */
  GCS = 'gcs',
  /** A disk of oVirt. */
  IMAGEIO = 'imageio',
  /** A disk of VMware. */
  VDDK = 'vddk',
  /** What a DataSource leads to: a golden image. */
  DATA_SOURCE = 'DataSource',
  /** What a populator makes of an object. */
  POPULATOR = 'dataSourceRef',
}
