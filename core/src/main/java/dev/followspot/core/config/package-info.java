/**
 * Reads {@code app-config.yaml} as Backstage does, and reports every mistake with its file, line
 * and key.
 *
 * <p>{@link dev.followspot.core.config.AppConfig} reads files; {@code resolve} fills in variables
 * and includes, merges the files and gives a {@link dev.followspot.core.config.Configuration}. Its
 * {@link dev.followspot.core.config.ConfigSection}s are what extensions read their settings from;
 * they check types, and remember what was asked for to find misspelt keys. {@link
 * dev.followspot.core.config.ConfigProblems} collects mistakes where several are to be reported at
 * once.
 *
 * <p>{@link dev.followspot.core.config.YamlDocuments} reads other YAML, such as {@code
 * catalog-info.yaml}, within the same limits.
 *
 * <p>Nothing here prints a secret: not in {@code toString}, not in a message.
 */
@NullMarked
package dev.followspot.core.config;

import org.jspecify.annotations.NullMarked;
