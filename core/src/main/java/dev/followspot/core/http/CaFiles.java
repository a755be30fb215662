package dev.followspot.core.http;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Looks at files with certificate authorities before they are needed. */
public final class CaFiles {

  private CaFiles() {}

  /**
   * Why a file cannot be used.
   *
   * @param file a PEM file
   * @return what is wrong, as a whole sentence; empty if it holds certificates
   */
  public static Optional<String> problem(Path file) {
    try {
      var unused = Pem.certificates(TlsIdentities.caFile(file));
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of(
          "the caFile " + file + " " + e.getMessage() + "; give the certificates in PEM");
    } catch (Trouble e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
