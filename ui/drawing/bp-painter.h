/* bp-painter.h: what everything drawn is drawn with, on the screen and in files of every format
 *
 * A drawing is paths, filled and stroked, and texts with a role. A back end makes pixels, pages, SVG or TikZ of it.
 * Coordinates are pixels of 1/96 inch, y downwards; colours are those of a palette.
 *
 *   g_autoptr (BpPainter) painter = bp_painter_cairo_new (cairo_create (surface), palette);
 *   bp_painter_move_to (painter, 0, 10);
 *   bp_painter_line_to (painter, 50, 10);
 *   bp_painter_set_color (painter, BP_COLOR_VALUE);
 *   bp_painter_set_line (painter, &(BpLine) { .width = 2 });
 *   bp_painter_stroke (painter);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "drawing/bp-palette.h"

G_BEGIN_DECLS

/** What a text is. */
typedef enum {
  BP_ROLE_TEXT,      /* words: a caption, an entry of a legend */
  BP_ROLE_TITLE,
  BP_ROLE_NAME,      /* of a node */
  BP_ROLE_SYMBOL,    /* of an op, or of a node in formulas */
  BP_ROLE_VALUE,     /* numbers */
  BP_ROLE_GRADIENT,
  BP_ROLE_PARAMETER,
  BP_ROLE_TICK,
  BP_ROLE_FORMULA,
  BP_N_ROLES
} BpRole;

/** How lines are stroked; all 0 but the width: solid, with sharp corners, not longer than its path. */
typedef struct {
  double   width;
  double   dashes[4];
  guint    n_dashes;
  gboolean has_round_caps;
  gboolean has_round_joins;
} BpLine;

typedef struct _BpPainter BpPainter;

/** A painter on @cr. @cr: (transfer full). @palette: must outlive the painter */
BpPainter *bp_painter_cairo_new (cairo_t         *cr,
                                 const BpPalette *palette);

/**
 * bp_painter_svg_new:
 * @font: what everything is written in
 *
 * A painter that appends elements to @svg: to what is within "<svg>". They are complete once it is freed.
 */
BpPainter *bp_painter_svg_new (GString                    *svg,
                               const BpPalette            *palette,
                               const PangoFontDescription *font);

/**
 * bp_painter_tikz_new:
 * @font_size: of text that is as large as that of the document
 *
 * A painter that appends colours and a tikzpicture to @tex, which is complete once it is freed. A document may define
 * the colours, as "bp-value", and styles of roles, as "bp value"; it may point to groups, which are nodes.
 */
BpPainter *bp_painter_tikz_new (GString         *tex,
                                const BpPalette *palette,
                                double           width,
                                double           height,
                                double           font_size);

void bp_painter_free (BpPainter *painter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPainter, bp_painter_free)

const BpPalette *bp_painter_get_palette (const BpPainter *painter);

/** How many device pixels wide the finest line is drawn for a coordinate of 1, whatever the scale. */
double bp_painter_get_resolution (const BpPainter *painter);

/* State: transformation, clip, color and line */

void bp_painter_save (BpPainter *painter);

void bp_painter_restore (BpPainter *painter);

/** Moves the origin to (@x, @y), and makes everything @scale times as large. */
void bp_painter_transform (BpPainter *painter,
                           double     x,
                           double     y,
                           double     scale);

/** By how much all transformations together enlarge. */
double bp_painter_get_scale (const BpPainter *painter);

/** Leaves out, until it is restored, what lies outside of @box. */
void bp_painter_clip (BpPainter               *painter,
                      const cairo_rectangle_t *box);

/** Whether anything of @box might be seen. */
gboolean bp_painter_is_visible (BpPainter               *painter,
                                const cairo_rectangle_t *box);

void bp_painter_set_color (BpPainter *painter,
                           BpColor    color);

/** @alpha: 1 for opaque */
void bp_painter_set_ink (BpPainter *painter,
                         BpColor    color,
                         double     alpha);

/** Opaque, from BP_COLOR_SURFACE (@part 0) to @color (@part 1). */
void bp_painter_set_mixed_color (BpPainter *painter,
                                 BpColor    color,
                                 double     part);

/** The present color. */
const GdkRGBA *bp_painter_get_rgba (const BpPainter *painter);

void bp_painter_set_line (BpPainter    *painter,
                          const BpLine *line);

const BpLine *bp_painter_get_line (const BpPainter *painter);

/* Groups */

/**
 * bp_painter_begin_group:
 * @id: (nullable): what the group is, "node-loss"; another one of the same is "node-loss-2"
 * @title: (nullable): the same for people
 *
 * What is drawn up to bp_painter_end_group() belongs together. Groups and saved states may nest in each other.
 */
void bp_painter_begin_group (BpPainter  *painter,
                             const char *id,
                             const char *title);

void bp_painter_end_group (BpPainter *painter);

/* Paths: a path is built and then filled, stroked or both, which ends it */

void bp_painter_move_to (BpPainter *painter,
                         double     x,
                         double     y);

void bp_painter_line_to (BpPainter *painter,
                         double     x,
                         double     y);

/** To (@x, @y), with the controls (@x1, @y1) and (@x2, @y2). */
void bp_painter_curve_to (BpPainter *painter,
                          double     x1,
                          double     y1,
                          double     x2,
                          double     y2,
                          double     x,
                          double     y);

void bp_painter_close (BpPainter *painter);

/** @radius: of the corners, 0 for sharp ones */
void bp_painter_rectangle (BpPainter               *painter,
                           const cairo_rectangle_t *box,
                           double                   radius);

void bp_painter_circle (BpPainter *painter,
                        double     x,
                        double     y,
                        double     radius);

/** Fills the path with the present color. */
void bp_painter_fill (BpPainter *painter);

/** Strokes the path with the present color and line. */
void bp_painter_stroke (BpPainter *painter);

/** Fills the path with @fill and strokes it with @stroke, which stays the present color. */
void bp_painter_fill_and_stroke (BpPainter *painter,
                                 BpColor    fill,
                                 BpColor    stroke);

/* Text */

/**
 * bp_painter_show_text:
 * @layout: the text in its font, in one line or several
 * @x: where it begins (@align 0), has its middle (0.5) or ends (1)
 * @y: its top
 *
 * Draws @layout in the present color.
 */
void bp_painter_show_text (BpPainter   *painter,
                           BpRole       role,
                           PangoLayout *layout,
                           double       x,
                           double       y,
                           double       align);

G_END_DECLS
