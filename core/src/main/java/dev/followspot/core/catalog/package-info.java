/**
 * Where entities come from: {@link dev.followspot.core.catalog.CatalogInfo} reads {@code
 * catalog-info.yaml} as Backstage's catalog does, and reports every mistake with its file, line and
 * key.
 */
@NullMarked
package dev.followspot.core.catalog;

import org.jspecify.annotations.NullMarked;
