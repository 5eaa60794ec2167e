/** What a user may do beyond logging on. A request without its privilege is refused with `missingPrivilege`, never thrown. */
export const privileges = {
  useIntegrationInterface:
    'Use Integration Interface: programs and pages may connect to the Agent application',
  makeCalls: 'Make outgoing calls',
  record: 'Record own calls',
  playRecordings: 'Play recordings of other agents',
  monitor: 'Monitor other agents',
  intrude: 'Intrude on busy extensions',
  dispatchPersonal: 'See and pick personal calls',
  dispatchCommonHold: 'See and pick calls on common hold',
  dispatchVoice: 'See and pick calls that wait in voice service groups',
  dispatchEmail: 'See and pick e-mails that wait',
  dispatchSms: 'See and pick SMS that wait',
  dispatchCampaign: 'See and pick campaign customers',
  campaign: 'Work on campaign calls',
  sendEmail: 'Send e-mails',
  sendSms: 'Send SMS',
  attendant: 'Attendant Agent',
  realTimeInformation: 'See the queues of service groups',
} as const;

export type Privilege = keyof typeof privileges;
