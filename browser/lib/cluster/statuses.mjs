/** A request that ends in a Kubernetes `Status`, in the words of the real API server. */
export class Refusal extends Error {
  constructor(code, reason, message, details) {
    super(message);
    this.code = code;
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      ...(details && { details }),
      code,
    };
  }
}

export const unauthorized = () => new Refusal(401, 'Unauthorized', 'Unauthorized');

export const badRequest = message => new Refusal(400, 'BadRequest', message);

export function forbidden(user, verb, { type, namespace, name, subresource }) {
  const subject = name ? `${type.resource} "${name}"` : type.resource;
  const resource = subresource ? `${type.plural}/${subresource}` : type.plural;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  return new Refusal(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${type.group}" ${where}`,
    detailsOf(type, name),
  );
}

export const notFound = (type, name) =>
  new Refusal(404, 'NotFound', `${type.resource} "${name}" not found`, detailsOf(type, name));

export const notAllowed = () =>
  new Refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');

const detailsOf = (type, name) => ({ ...(name && { name }), ...(type.group && { group: type.group }), kind: type.plural });
