package dev.followspot.auth.aws;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.CredentialException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster says about its tokens.
 *
 * @param id what the header {@code x-k8s-aws-id} holds
 * @param role the role to assume; null for none
 */
record EksCluster(String id, @Nullable Role role) {

  /** The hosts of its API servers, of the dual-stack ones too, and those in China. */
  private static final Pattern EKS =
      Pattern.compile(
          "[a-z0-9.-]+\\.eks\\.amazonaws\\.com(?:\\.cn)?"
              + "|(?:[a-z0-9.-]+\\.)?eks-cluster\\.[a-z0-9-]+\\.api\\.aws");

  static final String ID = "kubernetes.io/x-k8s-aws-id";
  static final String ASSUME_ROLE = "kubernetes.io/aws-assume-role";
  static final String EXTERNAL_ID = "kubernetes.io/aws-external-id";

  /** What goes through the canonical form of a signature unchanged: no line break, one blank. */
  private static final Pattern HEADER = Pattern.compile("[!-~]+( [!-~]+)*");

  private static final int MAX_ID = 253;
  private static final int MAX_ARN = 2048;
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z0-9-]{1,63}:iam::[0-9]{12}:role/[!-~]+");
  private static final Pattern EXTERNAL = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  /** A role and its password, of a kind. */
  record Role(String arn, @Nullable String externalId) {

    /** Nothing: who reads the log may not be meant to know. */
    @Override
    public String toString() {
      return "Role";
    }
  }

  /** Every mistake that is one whatever AWS thinks; no values, which strangers may have written. */
  static List<String> problems(Cluster cluster) {
    if (cluster.publicAddressesOnly() && !isEks(cluster)) {
      // Whoever wrote the URL is not trusted, and the token is one of this process.
      return List.of(
          "a cluster of the catalog gets no AWS token unless its host is one of EKS"
              + " (*.eks.amazonaws.com, *.eks-cluster.<region>.api.aws); if that is meant, whoever runs this has to name"
              + " the host in dangerouslyAllowClusterUrls");
    }
    String id = cluster.authMetadata().get(ID);
    if (id == null) {
      return isHeader(cluster.name())
          ? List.of()
          : List.of(
              "the name of the cluster cannot be its name at EKS; set authMetadata '"
                  + ID
                  + "' to the name that the cluster has there");
    }
    return isHeader(id)
        ? List.of()
        : List.of(
            "authMetadata '"
                + ID
                + "' is blank, too long or has characters that no header has; set it to the name"
                + " that the cluster has at EKS");
  }

  /** Whether AWS gives names like that of its host to nothing but its own API servers. */
  private static boolean isEks(Cluster cluster) {
    String host = cluster.url().getHost();
    return host != null && EKS.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isHeader(String text) {
    return text.length() <= MAX_ID && HEADER.matcher(text).matches();
  }

  /**
   * Reads a cluster without problems.
   *
   * @throws CredentialException if its role cannot be one
   */
  static EksCluster of(Cluster cluster) {
    String id = cluster.authMetadata().getOrDefault(ID, cluster.name());
    Optional<String> arn = text(cluster, ASSUME_ROLE);
    Optional<String> externalId = text(cluster, EXTERNAL_ID);
    if (arn.isEmpty()) {
      return new EksCluster(id, null);
    }
    if (arn.get().length() > MAX_ARN || !ARN.matcher(arn.get()).matches()) {
      throw new CredentialException(
          "authMetadata '"
              + ASSUME_ROLE
              + "' is no ARN of a role; arn:aws:iam::123456789012:role/name is expected");
    }
    if (externalId.isPresent() && !EXTERNAL.matcher(externalId.get()).matches()) {
      throw new CredentialException(
          "authMetadata '"
              + EXTERNAL_ID
              + "' is no external id; 2 to 1224 letters, digits and +=,.@:/-_ are expected");
    }
    return new EksCluster(id, new Role(arn.get(), externalId.orElse(null)));
  }

  private static Optional<String> text(Cluster cluster, String key) {
    return Optional.ofNullable(cluster.authMetadata().get(key)).filter(text -> !text.isBlank());
  }
}
