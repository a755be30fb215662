package dev.followspot.core;

import dev.followspot.core.catalog.CatalogConfig;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the catalog of an engine. */
final class ChosenCatalog {

  private static final String KEY = "catalog";

  private ChosenCatalog() {}

  /** That of the application, or else the configured one; null if there is none. */
  static @Nullable EntityCatalog of(
      FollowspotBuilder builder,
      ConfigSection followspot,
      ConfigProblems problems,
      Engine.Resources resources) {
    if (builder.catalog() != null) {
      followspot.raw(KEY);
      return builder.catalog();
    }
    Optional<CatalogConfig.Opened> opened =
        problems.read(() -> CatalogConfig.open(followspot.section(KEY)));
    if (opened == null) {
      // Its mistakes are known: that there is none is no other one.
      return EntityCatalog.of(List.of());
    }
    opened.ifPresent(catalog -> resources.add(catalog.closing()));
    return opened.map(CatalogConfig.Opened::catalog).orElse(null);
  }
}
