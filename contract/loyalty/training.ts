/** The network that training cards say they are of. No real network bears this number, so neither till takes the other's cards. */
export const trainingNetworkId = 65_534;

/** What the ticket numbers of a training till begin with; those of a real one begin with a figure. */
export const trainingTicketPrefix = 'F';

export const isTrainingTicket = (ticketNumber: string): boolean => ticketNumber.startsWith(trainingTicketPrefix);
