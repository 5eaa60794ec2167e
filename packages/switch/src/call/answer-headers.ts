/**
 * What makes a phone answer by itself. There is no one way: Call-Info with answer-after is understood by the most makes,
 * Alert-Info by Polycom and Yealink, Answer-Mode is the standard (RFC 5373 §4).
 */
export function answerHeaders(host: string): Map<string, string> {
  return new Map([
    ['call-info', `<sip:${host}>;answer-after=0`],
    ['alert-info', `<http://${host}>;info=alert-autoanswer;delay=0`],
    ['answer-mode', 'Auto'],
  ]);
}
