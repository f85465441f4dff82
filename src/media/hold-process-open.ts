/**
 * Keeps Node running until the returned function is called. Native codec work is no reason for Node to stay: a process
 * with nothing else open ends with code 13 in the middle of a flush.
 */
export function holdProcessOpen(): () => void {
  const timer = setInterval(() => undefined, 60_000);
  return () => clearInterval(timer);
}
