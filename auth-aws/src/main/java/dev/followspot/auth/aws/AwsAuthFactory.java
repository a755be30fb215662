package dev.followspot.auth.aws;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;

/**
 * Makes the auth strategy {@code aws}: the API server of an EKS cluster is shown who we are at AWS.
 *
 * <p>The bearer token is {@code k8s-aws-v1.} and a presigned request for STS {@code
 * GetCallerIdentity} in base64url, which the cluster sends to STS to learn whose token it is. The
 * signature covers the header {@code x-k8s-aws-id}, so that a token is good for one cluster. A
 * token is made without any request, unless a role has to be assumed; it is used for 14 minutes, or
 * until the credentials that signed it expire.
 *
 * <h2>What a cluster says in {@code authMetadata}</h2>
 *
 * <ul>
 *   <li>{@code kubernetes.io/x-k8s-aws-id}: the name of the cluster at EKS; without it, the name of
 *       the cluster.
 *   <li>{@code kubernetes.io/aws-assume-role}: the ARN of a role that is assumed first. Its
 *       credentials are kept and renewed before they expire.
 *   <li>{@code kubernetes.io/aws-external-id}: the external id that the role asks for, if any.
 * </ul>
 *
 * <h2>Whose credentials are used</h2>
 *
 * <p>The first of these that there is:
 *
 * <ol>
 *   <li>{@code followspot.auth.aws.accessKeyId} and {@code .secretAccessKey}, with {@code
 *       .sessionToken} if they are temporary,
 *   <li>{@code followspot.auth.aws.profile}, a profile of {@code ~/.aws},
 *   <li>{@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, with {@code
 *       AWS_SESSION_TOKEN}, of the environment variables that the application passed along,
 *   <li>what the AWS SDK finds by itself in system properties, environment variables of the
 *       process, profiles, the service account of a pod, the container and the instance.
 * </ol>
 *
 * <p>Only when the last of these is used, or a role is assumed, does the SDK read the process's own
 * environment and the files in {@code ~/.aws}.
 *
 * <p>The region, whose STS is asked, is {@code followspot.auth.aws.region}, else {@code
 * AWS_REGION}, else {@code AWS_DEFAULT_REGION}, else {@code us-east-1}. Any region of the cluster's
 * partition will do; clusters in China and GovCloud need one of theirs.
 *
 * <p>Nothing of the SDK is loaded before the first token is asked for. Signing runs on the engine's
 * executor; what may need the network runs on at most four daemon threads, which end when idle and
 * with the engine.
 */
public final class AwsAuthFactory implements AuthStrategyFactory {

  /** Used by {@link java.util.ServiceLoader}; does nothing. */
  public AwsAuthFactory() {}

  @Override
  public String name() {
    return "aws";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return new AwsAuth(
        AwsSettings.read(context.config(), context.environment()),
        context.clock(),
        context.executor(),
        null);
  }
}
