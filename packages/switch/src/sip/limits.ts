/** Bounds of what is read from the network; what is over them is dropped and counted. */
export const limits = {
  /** a UDP datagram, or head and body of a message on a stream */
  messageBytes: 65_535,
  /** start line and headers */
  headBytes: 16_384,
  /** one header line; RFC 4475 §3.1.1.7 has lines of about 500 */
  lineBytes: 4_096,
  /** header lines of a message */
  headerLines: 128,
  /** requests being answered or remembered (32 s each over UDP): past this, new ones are dropped as if they were lost */
  serverTransactions: 200_000,
} as const;
