package io.jenkins.plugins.igny8.operation;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What users lost during each change, as a page for people: when, how many, and when the change began and ended. */
final class UsersPage {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 220;

    private final String title;
    private final Duration before;
    private final Duration after;
    private final List<Part> parts = new ArrayList<>();

    private record Part(String what, String outcome, Load.Seen<?> seen) {}

    UsersPage(String title, Duration before, Duration after) {
        this.title = title;
        this.before = before;
        this.after = after;
    }

    void add(String what, String outcome, Load.Seen<?> seen) {
        parts.add(new Part(what, outcome, seen));
    }

    void write(Path file) throws IOException {
        Document page = Document.createShell("");
        page.charset(StandardCharsets.UTF_8);
        page.title("What users lost: " + title);
        page.head().appendElement("style").appendText("body { font: 15px sans-serif; margin: 2em auto; max-width: 60em } h2 { font-size: 1em; margin: 2em 0 0 }"
                + " p { margin: .3em 0 } svg { max-width: 100%; height: auto }");
        page.body().appendElement("h1").text(page.title());
        page.body().appendElement("p").text(Load.PER_SECOND + " new connections a second to each address. The lines mark where the change begins and ends.");
        for (Part part : parts) {
            page.body().appendElement("h2").text(part.what());
            StringBuilder told = new StringBuilder(String.format(Locale.ROOT, "%s, after %.1f s", part.outcome(), part.seen().seconds()));
            part.seen().tallies().forEach((name, tally) -> told.append("; lost at the ").append(name).append(": ").append(tally.allLost()).append(" of ").append(tally.asked())
                    .append(tally.allLost() == 0 ? "" : " " + tally.lost()));
            page.body().appendElement("p").text(told.toString());
            Element chart = Parser.xmlParser().parseInput(svg(part), "").selectFirst("svg");
            page.body().appendChild(chart);
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, page.outerHtml());
    }

    private String svg(Part part) throws IOException {
        int first = (int) -before.toSeconds();
        int last = (int) Math.ceil(part.seen().seconds() + after.toSeconds());
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle("seconds").yAxisTitle("lost in a second").build();
        XYStyler style = chart.getStyler();
        style.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Step);
        style.setLegendPosition(LegendPosition.InsideNE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setYAxisMin(0.0);
        style.setYAxisMax(Load.PER_SECOND * 1.2);
        style.setXAxisMin((double) first);
        style.setXAxisMax((double) last);
        part.seen().tallies().forEach((name, tally) -> {
            double[] seconds = new double[last - first + 1];
            double[] lost = new double[seconds.length];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = first + i;
            }
            tally.lostAt().forEach(at -> lost[Math.max(0, Math.min(lost.length - 1, (int) Math.floor(at) - first))]++);
            chart.addSeries(name, seconds, lost).setMarker(SeriesMarkers.NONE);
        });
        chart.addAnnotation(new AnnotationLine(0, true, false));
        chart.addAnnotation(new AnnotationLine(part.seen().seconds(), true, false));
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        return svg.toString(StandardCharsets.UTF_8);
    }
}
