package dev.followspot.spi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's API server is trusted, and how it is told who comes. Files are read again when
 * they change. {@link #toString()} shows neither certificates nor keys.
 *
 * @param skipVerify whether any certificate of the server is accepted
 * @param caData the authorities to trust, as PEM or as base64 of PEM; null for those of {@code
 *     caFile} or else of the JVM
 * @param caFile a PEM file of the authorities to trust, or null; {@code caData} wins over it
 * @param serverName the name that the server's certificate has to be for, if not the host of the
 *     URL; also sent as SNI. Null for the host
 * @param clientCertificate PEM or base64 of PEM of the client's certificate chain, or null
 * @param clientCertificateFile a PEM file of the client's certificate chain, or null
 * @param clientKey PEM or base64 of PEM of the client's private key, or null
 * @param clientKeyFile a PEM file of the client's private key, or null
 */
public record ClusterTls(
    boolean skipVerify,
    @Nullable String caData,
    @Nullable Path caFile,
    @Nullable String serverName,
    @Nullable Secret clientCertificate,
    @Nullable Path clientCertificateFile,
    @Nullable Secret clientKey,
    @Nullable Path clientKeyFile) {

  /** The JVM's authorities, and no client certificate. */
  public static final ClusterTls DEFAULT =
      new ClusterTls(false, null, null, null, null, null, null, null);

  /**
   * Whether there is a client certificate with its key.
   *
   * @return true if both are there, as data or as files
   */
  public boolean hasClientCertificate() {
    return (clientCertificate != null || clientCertificateFile != null)
        && (clientKey != null || clientKeyFile != null);
  }

  /**
   * A copy that verifies the server, or not.
   *
   * @param skip whether any certificate is accepted
   * @return the copy
   */
  public ClusterTls withSkipVerify(boolean skip) {
    return new ClusterTls(
        skip,
        caData,
        caFile,
        serverName,
        clientCertificate,
        clientCertificateFile,
        clientKey,
        clientKeyFile);
  }

  /**
   * A copy that trusts other authorities.
   *
   * @param data PEM or base64 of PEM, or null
   * @param file a PEM file, or null
   * @return the copy
   */
  public ClusterTls withAuthorities(@Nullable String data, @Nullable Path file) {
    return new ClusterTls(
        skipVerify,
        data,
        file,
        serverName,
        clientCertificate,
        clientCertificateFile,
        clientKey,
        clientKeyFile);
  }

  /**
   * A copy that shows no client certificate.
   *
   * @return the copy
   */
  public ClusterTls withoutClientCertificate() {
    return new ClusterTls(skipVerify, caData, caFile, serverName, null, null, null, null);
  }

  @Override
  public String toString() {
    return "ClusterTls[skipVerify="
        + skipVerify
        + ", authorities="
        + (caData != null ? "data" : caFile != null ? caFile : "JVM")
        + ", serverName="
        + serverName
        + ", clientCertificate="
        + hasClientCertificate()
        + "]";
  }
}
