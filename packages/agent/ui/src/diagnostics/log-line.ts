/** A line of Agent.log, in its parts. What is no such line has only its text. */
export interface LogLine {
  /** where it begins in the log */
  at: number;
  text: string;
  /** ISO 8601 */
  time: string;
  /** 1 to 7; 0 = not known */
  level: number;
  /** REQ, RES, EVT, SEEN: programs and pages; OUT, IN: the server; empty: what the application says */
  direction: string;
  /** the program or page */
  client: string;
  /** of the method or event, or what the application says */
  name: string;
  content: string;
  /** null: none stands in the line */
  milliseconds: number | null;
}

const integration =
  /^(\S+) (5) (REQ|RES|EVT|SEEN) (.*?#\d+|all\(\d+\)|window|https?:\/\/\S+) (\S+) (.*?)(?: (-?\d+\.\d) ms)?$/;
const protocol = /^(\S+) (6) (OUT|IN) (\S+) (.*)$/;
const plain = /^(\d{4}-\S+) ([0-7]) (?:error|warning|info|call|all) (.*?)(?: (\{.*\}))?$/;

const nothing = { time: '', level: 0, direction: '', client: '', name: '', content: '', milliseconds: null };

export const parseLogLine = ({ at, text }: { at: number; text: string }): LogLine => {
  const line = { ...nothing, at, text };
  const asked = integration.exec(text);
  if (asked) {
    const [, time = '', , direction = '', client = '', name = '', content = '', took] = asked;
    const milliseconds = took === undefined ? null : Number(took);
    return { ...line, time, level: 5, direction, client, name, content, milliseconds };
  }
  const said = protocol.exec(text);
  if (said) {
    const [, time = '', , direction = '', name = '', content = ''] = said;
    return { ...line, time, level: 6, direction, name, content };
  }
  const [, time = '', level = '0', name = text, content = ''] = plain.exec(text) ?? [];
  return { ...line, time, level: Number(level), name, content };
};

export interface LogFilter {
  /** lines of this level and below; 7 = all */
  level: number;
  /** empty = any */
  direction: string;
  /** part of its name, in whatever case */
  client: string;
  /** anywhere in the line, in whatever case */
  text: string;
}

export const noFilter: LogFilter = { level: 7, direction: '', client: '', text: '' };

export const isShown = (line: LogLine, filter: LogFilter): boolean =>
  line.level <= filter.level &&
  (filter.direction === '' || line.direction === filter.direction) &&
  line.client.toLowerCase().includes(filter.client.toLowerCase()) &&
  line.text.toLowerCase().includes(filter.text.toLowerCase());
