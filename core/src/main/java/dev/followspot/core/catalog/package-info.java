/**
 * Where entities come from: {@link dev.followspot.core.catalog.CatalogInfo} reads {@code
 * catalog-info.yaml} as Backstage's catalog does, and reports every mistake with its file, line and
 * key. {@link dev.followspot.core.catalog.Catalogs} opens catalogs of files, which are read again
 * when they change, and that of a Backstage backend.
 */
@NullMarked
package dev.followspot.core.catalog;

import org.jspecify.annotations.NullMarked;
