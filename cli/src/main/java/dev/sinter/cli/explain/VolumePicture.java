package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Volume;
import dev.sinter.cli.terminal.Printable;
import java.util.List;
import java.util.Locale;

/// Feature maps drawn as boxes: as high as the map, as deep as it has channels.
///
/// Roots are drawn in place of the numbers themselves, since a map of 7 pixels beside one of 224 would not be seen.
final class VolumePicture {
    private static final double HIGHEST = 150;
    private static final double DEEPEST = 70;
    private static final double GAP = 34;
    private static final double LEAST = 3;

    /// How far a box seems to go back, as a share of its height.
    private static final double SLANT = 0.28;

    private static final double TOP = 60;

    private VolumePicture() {}

    static String of(List<Volume> volumes) {
        double highest =
                Math.sqrt(volumes.stream().mapToLong(Volume::height).max().orElse(1));
        double deepest =
                Math.sqrt(volumes.stream().mapToLong(Volume::channels).max().orElse(1));
        StringBuilder boxes = new StringBuilder();
        double x = 10;
        for (Volume volume : volumes) {
            double height = Math.max(LEAST, HIGHEST * Math.sqrt(volume.height()) / highest);
            double depth = Math.max(LEAST, DEEPEST * Math.sqrt(volume.channels()) / deepest);
            boxes.append(box(volume, x, height, depth));
            x += Math.max(depth + height * SLANT, 40) + GAP;
        }
        double total = TOP + HIGHEST + 50;
        return String.format(
                        Locale.ROOT,
                        "<svg role=\"img\" aria-label=\"feature maps, layer by layer\" width=\"%.0f\" height=\"%.0f\""
                                + " viewBox=\"0 0 %.0f %.0f\" xmlns=\"http://www.w3.org/2000/svg\">%n",
                        x,
                        total,
                        x,
                        total)
                + boxes
                + "</svg>\n";
    }

    private static String box(Volume volume, double x, double height, double depth) {
        double bottom = TOP + HIGHEST;
        double top = bottom - height;
        double slant = height * SLANT;
        String fill = "fill=\"#2563eb\" stroke=\"currentColor\" stroke-width=\"0.7\"";
        return String.format(
                Locale.ROOT,
                "<g><title>%1$s: %2$s</title><polygon points=\"%3$.1f,%4$.1f %5$.1f,%4$.1f %6$.1f,%7$.1f"
                    + " %8$.1f,%7$.1f\" %9$s fill-opacity=\"0.2\"/><polygon points=\"%5$.1f,%4$.1f %6$.1f,%7$.1f"
                    + " %6$.1f,%10$.1f %5$.1f,%11$.1f\" %9$s fill-opacity=\"0.55\"/><rect x=\"%3$.1f\" y=\"%4$.1f\""
                    + " width=\"%12$.1f\" height=\"%13$.1f\" %9$s fill-opacity=\"0.35\"/><text x=\"%3$.1f\""
                    + " y=\"%14$.1f\">%15$d ch</text><text x=\"%3$.1f\" y=\"%16$.1f\">%17$s</text><text x=\"%3$.1f\""
                    + " y=\"%18$.1f\" opacity=\"0.7\">%19$s</text></g>%n",
                Printable.markup(volume.name()),
                volume.channels() + " x " + Words.by(volume.extents()),
                x,
                top,
                x + depth,
                x + depth + slant,
                top - slant,
                x + slant,
                fill,
                bottom - slant,
                bottom,
                depth,
                height,
                bottom + 16,
                volume.channels(),
                bottom + 30,
                Words.by(volume.extents()),
                bottom + 44,
                Printable.markup(shortName(volume.name())));
    }

    private static String shortName(String name) {
        return name.length() <= 12 ? name : ".." + name.substring(name.length() - 10);
    }
}
