import { ISecret, k8s, Resource } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addObject, checkProps, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkLabel, checkName, requireObject } from '../shared/checks';
import { inCluster } from '../shared/external';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { placed } from '../shared/scope';

/** The Secret that CDI reads to log in to a registry or a web server. */
export interface IRegistryCredentials {
  /** Name of the Secret; it has the keys `accessKeyId` and `secretKey`. */
  readonly secretName: string;

  /**
   * Namespace of the Secret.
   *
   * @default - that of the DataVolume that uses it
   */
  readonly namespace?: string;
}

/** Where a Secret that exists already stands. */
export interface SecretReferenceOptions {
  /**
   * Namespace of the Secret.
   *
   * @default - that of the DataVolume that uses it
   */
  readonly namespace?: string;
}

/** A login that everybody may read. */
export interface PublicDemoCredentialsProps extends ObjectProps {
  /** User name. */
  readonly accessKeyId: string;

  /** Password. It is in the output, readable by all: never use a real one. */
  readonly secretKey: string;
}

const OPTIONS: KnownKeys<SecretReferenceOptions> = { namespace: true };
const PROPS: KnownKeys<PublicDemoCredentialsProps> = { ...OBJECT_PROPS, accessKeyId: true, secretKey: true };

/**
 * The login for a registry or a web server that a disk is imported from. The normal way is a
 * reference to a Secret that others made (`fromSecretName`).
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/image-from-registry.md#private-registry
 */
export class RegistryCredentials extends Construct implements IRegistryCredentials {
  /**
   * Refers to a Secret by its name.
   *
   * @throws if the name is not a DNS name, or the namespace is not a DNS label.
   */
  public static fromSecretName(secretName: string, options: SecretReferenceOptions = {}): IRegistryCredentials {
    const faults = new Faults('RegistryCredentials.fromSecretName');
    checkName(faults, 'secretName', secretName);
    requireObject(faults, 'options', options, 'namespace');
    checkKeys(faults, 'options', options, OPTIONS);
    if (options.namespace !== undefined) checkLabel(faults, 'namespace', options.namespace);
    faults.refuse();
    const { namespace } = options;
    return inCluster({ secretName, namespace }, { kind: 'Secret', name: secretName, namespace });
  }

  /**
   * Refers to a Secret of cdk8s-plus.
   *
   * @throws if it is not a Secret with a name.
   */
  public static fromSecret(secret: ISecret): IRegistryCredentials {
    const faults = new Faults('RegistryCredentials.fromSecret');
    requireObject(faults, 'secret', secret);
    checkName(faults, 'secret.name', secret.name);
    faults.refuse();
    return { secretName: secret.name, namespace: secret instanceof Resource ? secret.metadata.namespace : undefined };
  }

  /**
   * Makes the Secret from values that are public anyway, such as a lab's login. They are in the
   * output: a real login goes by `fromSecretName`.
   *
   * @throws if a value is empty, or Kubernetes does not accept a prop; all faults in one error.
   */
  public static publicDemoValues(scope: Construct, id: string, props: PublicDemoCredentialsProps): RegistryCredentials {
    return new RegistryCredentials(scope, id, props);
  }

  public readonly secretName: string;
  public readonly namespace?: string;

  private constructor(scope: Construct, id: string, props: PublicDemoCredentialsProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkLogin(faults, 'accessKeyId', props.accessKeyId);
    checkLogin(faults, 'secretKey', props.secretKey);
    this.namespace = objectNamespace(faults, scope, props);
    faults.refuse();
    this.secretName = objectName(id, props);
    const labels = { app: 'containerized-data-importer', ...props.labels };
    addObject(
      this,
      k8s.KubeSecret,
      { ...props, labels },
      {
        type: 'Opaque',
        data: { accessKeyId: base64(props.accessKeyId), secretKey: base64(props.secretKey) },
      },
    );
  }
}

/** The value stays out of the message: it may be a real login, given by mistake. */
function checkLogin(faults: Faults, property: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') faults.note(`'${property}' must be text, got ${kindOf(value)}`);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
