package dev.followspot.core.config;

import dev.followspot.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small UTF-8 files in bounded memory. */
final class TextFiles {

  /** The most bytes of a file, and characters of a text, that are read. */
  static final int MAX_LENGTH = 8 * 1024 * 1024;

  private TextFiles() {}

  /**
   * Reads a file.
   *
   * @param file the file; pipes and devices are refused, since they may never end
   * @param shown what messages call the file
   * @param location where the mistake is reported
   * @param key the key that names the file; empty if none does
   * @return its text, without a byte order mark
   */
  static String read(Path file, String shown, String location, String key) {
    byte[] bytes;
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        String kind = Files.isDirectory(file) ? "is a folder" : "is no regular file";
        throw new ConfigurationException(location, key, shown + " " + kind + ": name a file");
      }
      if (Files.size(file) > MAX_LENGTH) {
        throw tooLarge(location, key, shown);
      }
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_LENGTH + 1);
      }
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(location, key, "there is no file " + shown);
    } catch (AccessDeniedException e) {
      throw new ConfigurationException(
          location, key, shown + " may not be read: check the rights of the file and its folders");
    } catch (IOException e) {
      throw new ConfigurationException(
          location, key, shown + " cannot be read: " + e.getClass().getSimpleName());
    }
    if (bytes.length > MAX_LENGTH) {
      throw tooLarge(location, key, shown);
    }
    return decode(bytes, shown, location, key);
  }

  /** Refuses a text that is too long, and removes a byte order mark. */
  static String checked(String text, String location) {
    if (text.length() > MAX_LENGTH) {
      throw tooLarge(location, "", "this text");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String decode(byte[] bytes, String shown, String location, String key) {
    if (bytes.length >= 2
        && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE))) {
      throw new ConfigurationException(location, key, shown + " is UTF-16: save it as UTF-8");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new ConfigurationException(
          location, key, shown + " is not UTF-8: look at line " + line + ", and save it as UTF-8");
    }
    return checked(out.flip().toString(), location);
  }

  private static ConfigurationException tooLarge(String location, String key, String what) {
    return new ConfigurationException(
        location, key, what + " is larger than " + MAX_LENGTH / 1024 / 1024 + " MiB");
  }
}
