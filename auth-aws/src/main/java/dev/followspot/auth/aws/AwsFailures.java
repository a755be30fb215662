package dev.followspot.auth.aws;

import dev.followspot.spi.CredentialException;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What to tell of failures. Their own texts are not told, and they are no causes: STS repeats the
 * request that it does not like, with its session token, and the SDK what stands in files.
 */
final class AwsFailures {

  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9.]{0,63}");

  private static final String ANYWHERE =
      "or let the process have a profile (followspot.auth.aws.profile, AWS_PROFILE), the service"
          + " account of a pod with a role, or a role of its container or instance";

  private AwsFailures() {}

  static CredentialException noCredentials(AwsSettings settings) {
    String profile = settings.profile();
    if (profile != null && settings.onlyProfile()) {
      return new CredentialException(
          "followspot.auth.aws.profile names a profile that gives no credentials: add it to"
              + " ~/.aws/credentials or ~/.aws/config, correct it there, or correct the name");
    }
    String missing = settings.missingKey();
    String keys =
        AwsSettings.ACCESS_KEY_ID
            + " and "
            + AwsSettings.SECRET_ACCESS_KEY
            + " (or followspot.auth.aws.accessKeyId and secretAccessKey)";
    return new CredentialException(
        "no AWS credentials found: "
            + (missing == null
                ? "set " + keys + ", "
                : missing + " is missing beside the other key: set " + keys + ", ")
            + ANYWHERE);
  }

  static CredentialException noRole(RuntimeException failure) {
    return failure instanceof AwsServiceException refusal
        ? refused(refusal)
        : new CredentialException(
            "STS cannot be reached to assume the role of authMetadata '"
                + EksCluster.ASSUME_ROLE
                + "' ("
                + root(failure).getClass().getSimpleName()
                + "): let connections to the STS of the region through, or set AWS_REGION to another"
                + " one");
  }

  private static CredentialException refused(AwsServiceException refusal) {
    String code =
        Optional.ofNullable(refusal.awsErrorDetails())
            .map(AwsErrorDetails::errorCode)
            .filter(text -> CODE.matcher(text).matches())
            .orElse("");
    return new CredentialException(
        "STS does not let the role of authMetadata '"
            + EksCluster.ASSUME_ROLE
            + "' be assumed (status "
            + refusal.statusCode()
            + (code.isEmpty() ? "" : " " + code)
            + "): "
            + cure(code));
  }

  private static String cure(String code) {
    return switch (code) {
      case "AccessDenied", "AccessDeniedException" ->
          "let the role trust the identity that this process has, allow that identity"
              + " sts:AssumeRole, and set authMetadata '"
              + EksCluster.EXTERNAL_ID
              + "' if the role asks for one";
      case "ExpiredToken", "ExpiredTokenException" ->
          "the credentials of this process have expired; set new ones, with their"
              + " AWS_SESSION_TOKEN";
      case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId" ->
          "AWS does not know the access key; correct it, and set AWS_SESSION_TOKEN if it is a"
              + " temporary one";
      case "SignatureDoesNotMatch" ->
          "the secret access key does not belong to the access key, or the clock of this machine is"
              + " wrong";
      case "RegionDisabledException" ->
          "STS is switched off in this region; switch it on, or set AWS_REGION to another one";
      case "ValidationError" -> "correct the ARN of the role, or the external id";
      default -> "look the error up in the CloudTrail of the account";
    };
  }

  /** A class is missing or does not fit: some of the jars are not there. */
  static CredentialException noSdk(LinkageError failure) {
    return new CredentialException(
        "the AWS SDK is not complete ("
            + failure.getClass().getSimpleName()
            + "): put all jars that dev.followspot:followspot-auth-aws depends on beside it, in the"
            + " versions that it asks for");
  }

  /** Nothing that is expected; the type and place have to do. */
  static CredentialException unexpected(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return new CredentialException(
        "the AWS SDK failed with "
            + failure.getClass().getName()
            + (trace.length == 0 ? "" : " at " + trace[0])
            + "; check the settings of followspot.auth.aws and the variables AWS_*");
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < 20 && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }
}
