/**
 * Fields that the OpenAPI document of Kubernetes requires and the API server does without, by the interface that they stand in:
 * it decodes an object before it validates it, and takes what is absent for a default or for the zero value of Go.
 * What its validation refuses when it is absent (a Service's port, a container's name) stays required.
 */
export const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  // pkg/apis/rbac/v1/defaults.go, SetDefaults_RoleBinding and SetDefaults_ClusterRoleBinding.
  IRoleRef: ['apiGroup'],
  // pkg/apis/batch/v1/defaults.go, SetDefaults_PodFailurePolicyOnPodConditionsPattern: True.
  IPodFailurePolicyOnPodConditionsPattern: ['status'],
  // pkg/apis/batch/validation/validation.go, validatePodFailurePolicy: no rules.
  IPodFailurePolicy: ['rules'],
  // pkg/apis/networking/validation/validation.go, ValidateNetworkPolicySpec: every pod.
  INetworkPolicySpec: ['podSelector'],
  // pkg/apis/scheduling/validation/validation.go, ValidatePriorityClass: 0.
  IPriorityClass: ['value'],
  // pkg/apis/storage/v1/defaults.go, SetDefaults_CSIDriver.
  ICSIDriver: ['spec'],
  // pkg/apis/storage/validation/validation.go, validateTokenRequests: the audience of the API server.
  ITokenRequest: ['audience'],
  // pkg/apis/core/validation/validation.go: validateISCSIVolumeSource, validateISCSIPersistentVolumeSource, validateHTTPGetAction,
  // ValidatePreferredSchedulingTerms, ValidateLimitRange.
  IISCSIVolumeSource: ['lun'],
  IISCSIPersistentVolumeSource: ['lun'],
  IHTTPHeader: ['value'],
  IPreferredSchedulingTerm: ['preference'],
  ILimitRangeSpec: ['limits'],
};
