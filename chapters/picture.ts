export { objectPicture as picture } from 'cdk8s-kubevirt/review/inventory';
