package dev.followspot.core.catalog;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.YamlDocument;
import dev.followspot.core.config.YamlDocuments;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one file: its last good version, and what is wrong with the one that is there
 * now.
 *
 * @param stamp tells whether the file changed; null if there was none to look at
 * @param settled whether the stamp can be relied on
 * @param read when it was good the last time; null if it never was
 * @param mistakes of the version that is there now; empty if it is good
 */
record CatalogFile(
    @Nullable Stamp stamp, boolean settled, @Nullable Content read, List<ConfigProblem> mistakes) {

  /**
   * A file that was changed so shortly before it was read may change again without a sign of it,
   * since clocks of file systems are coarse.
   */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  /** An entity and where it stands. */
  record Located(Entity entity, String location) {}

  /** What a file holds. */
  record Content(List<Located> entities, long size) {}

  /** What changes when a file does; the identity is that of the file behind symbolic links. */
  private record Stamp(FileTime modified, long size, @Nullable Object identity) {}

  /**
   * Looks at a file, and reads it if it changed.
   *
   * @param before what was known of it; null if nothing was
   * @param anew whether to read it even if it does not seem to have changed
   */
  static CatalogFile look(Path file, @Nullable CatalogFile before, boolean anew) {
    Stamp stamp = stamp(file);
    if (before != null && !anew && before.settled && stamp != null && stamp.equals(before.stamp)) {
      return before;
    }
    Instant now = Instant.now();
    boolean settled = stamp != null && stamp.modified.toInstant().plus(SETTLED).isBefore(now);
    Content good = before == null ? null : before.read;
    try {
      Content content = new Content(read(file, good), stamp == null ? 0 : stamp.size);
      return new CatalogFile(stamp, settled, content, List.of());
    } catch (ConfigurationException e) {
      return new CatalogFile(stamp, settled, good, e.problems());
    }
  }

  private static @Nullable Stamp stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  private static List<Located> read(Path file, @Nullable Content good) {
    List<YamlDocument> documents = YamlDocuments.read(file);
    // An empty file is fine, but one that had entities is more likely in the middle of an edit.
    if (documents.isEmpty() && good != null && !good.entities().isEmpty()) {
      throw new ConfigurationException(
          file.toString(), "", "holds no entity; apiVersion, kind and metadata.name are expected");
    }
    ConfigProblems problems = new ConfigProblems();
    List<Located> entities = new ArrayList<>();
    for (YamlDocument document : documents) {
      Entity entity = problems.read(() -> EntityReader.read(document));
      if (entity != null) {
        entities.add(new Located(entity, document.location()));
      }
    }
    problems.throwIfAny();
    return List.copyOf(entities);
  }
}
