package dev.followspot.core.auth;

import dev.followspot.spi.CredentialException;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in files, read again when a file changes. An unchanged file costs one look at its
 * attributes. Those include the identity of the file behind symbolic links, because the kubelet
 * replaces a token by pointing a link to another folder. Safe for use by several threads.
 */
public final class TokenFiles {

  /** Far more than any token has. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_FILES = 1000;

  /**
   * A file that was changed so shortly before it was read may change again without a sign of it,
   * since clocks of file systems are coarse.
   */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private final Map<Path, Read> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Read> eldest) {
          return size() > MAX_FILES;
        }
      };

  private record Read(Stamp stamp, boolean settled, Secret token) {}

  private record Stamp(FileTime modified, long size, @Nullable Object identity) {}

  /** Nothing is read yet. */
  public TokenFiles() {}

  /**
   * The token in a file.
   *
   * @param file the file
   * @return the token without white space at its end
   * @throws CredentialException if it cannot be read, or is empty
   */
  public Secret token(Path file) {
    try {
      Stamp stamp = stamp(file);
      Read known = get(file);
      if (known != null && known.settled && known.stamp.equals(stamp)) {
        return known.token;
      }
      Instant now = Instant.now();
      Secret token = Secret.of(text(file).stripTrailing());
      if (token.isBlank()) {
        throw new CredentialException("the token file " + file + " is empty");
      }
      boolean settled = stamp.modified.toInstant().plus(SETTLED).isBefore(now);
      put(file, new Read(stamp, settled, token));
      return token;
    } catch (IOException e) {
      forget(file);
      throw new CredentialException("the token file " + file + " " + reason(e), e);
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      // Not opened: a pipe would block for ever.
      throw new CredentialException("the token file " + file + " is not a regular file");
    }
    return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CredentialException(
            "the token file " + file + " is larger than 1 MiB, which no token is");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "may not be read by this process";
    }
    return "cannot be read: " + e.getClass().getSimpleName();
  }

  /** How many files are remembered. */
  synchronized int size() {
    return files.size();
  }

  private synchronized @Nullable Read get(Path file) {
    return files.get(file);
  }

  private synchronized void put(Path file, Read read) {
    files.put(file, read);
  }

  private synchronized void forget(Path file) {
    files.remove(file);
  }
}
