/** An empty object is a device that is there. */
export function there(isThere: boolean | undefined): object | undefined {
  return isThere === true ? {} : undefined;
}
