/** The processors' architecture. */
export enum Architecture {
  /** x86-64. */
  AMD64 = 'amd64',
  /** 64-bit Arm. */
  ARM64 = 'arm64',
  /** IBM Z. */
  S390X = 's390x',
}
