import { Construct } from 'constructs';
import { checkBoolean } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { addClaim, CLAIM_PROPS, ClaimProps, claimShape } from './claim';
import { ClaimedDisk, settled } from './claimed-disk';
import { BIND_IMMEDIATELY } from './data-volume';

/** What makes CDI prepare a plain claim for an upload, whatever the value (CDI: doc/upload.md). */
const UPLOAD_TARGET = 'cdi.kubevirt.io/storage.upload.target';

/** An empty disk that waits for an image. */
export interface UploadTargetProps extends ClaimProps {
  /**
   * Provision the volume before a pod asks for it. Without it an upload into a class of binding
   * mode `WaitForFirstConsumer` waits for ever.
   *
   * @default false
   */
  readonly bindImmediately?: boolean;
}

const PROPS: KnownKeys<UploadTargetProps> = { ...CLAIM_PROPS, bindImmediately: true };

/**
 * A PersistentVolumeClaim that CDI holds ready for `virtctl image-upload pvc NAME`.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/upload.md
 */
export class UploadTarget extends ClaimedDisk {
  /**
   * A claim that waits for an upload.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the claim, unless `name` says otherwise.
   * @param props Its size at the least.
   * @throws if Kubernetes does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: UploadTargetProps) {
    const claim = settled(scope, id, (faults) => {
      const shape = claimShape(faults, scope, id, props, true);
      checkKeys(faults, 'props', props, PROPS);
      checkBoolean(faults, 'bindImmediately', props.bindImmediately);
      return shape;
    });
    const own = { [UPLOAD_TARGET]: '', ...(props.bindImmediately ? BIND_IMMEDIATELY : {}) };
    const { labels, annotations, overrides } = props;
    super(scope, id, claim, { labels, annotations: { ...own, ...annotations }, overrides });
    addClaim(this, props, own);
  }
}
