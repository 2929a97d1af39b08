/** "3:07", "1:02:09". */
export function duration(seconds: number): string {
  const [rest, minutes] = [Math.floor(seconds) % 60, Math.floor(seconds / 60)];
  const [hours, within] = [Math.floor(minutes / 60), minutes % 60];
  const two = (number: number) => `${number}`.padStart(2, "0");
  return hours ? `${hours}:${two(within)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
