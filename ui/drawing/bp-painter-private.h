/* bp-painter-private.h: what a back end of the painter is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"

G_BEGIN_DECLS

/** The pieces of paths, with the numbers that each has. */
typedef enum {
  BP_PIECE_MOVE,      /* x, y */
  BP_PIECE_LINE,      /* x, y */
  BP_PIECE_CURVE,     /* x1, y1, x2, y2, x, y */
  BP_PIECE_CLOSE,
  BP_PIECE_RECTANGLE, /* x, y, width, height, radius */
  BP_PIECE_CIRCLE,    /* x, y, radius */
} BpPiece;

/** @color: BP_N_COLORS for a mixed one */
typedef struct {
  GdkRGBA rgba;
  BpColor color;
} BpInk;

/**
 * BpPainterClass:
 * @save, @restore: (nullable): for what a back end keeps itself
 * @transform: (nullable): where it knows the transformation itself
 * @clip: until it is restored or closed
 * @is_visible: (nullable): where it can tell
 * @begin_group: (nullable): @id is unique, of letters, digits, "-" and "_", or NULL
 * @close: (nullable): ends the clip or group begun last
 * @add: adds a piece to the path
 * @paint: fills and strokes the path, what is not NULL, and ends it
 * @show_text: as bp_painter_show_text()
 *
 * Numbers are in the coordinates of the drawing: bp_painter_map() applies the transformation.
 */
typedef struct {
  void     (*free)        (BpPainter *painter);
  void     (*save)        (BpPainter *painter);
  void     (*restore)     (BpPainter *painter);
  void     (*transform)   (BpPainter *painter,
                           double     x,
                           double     y,
                           double     scale);
  void     (*clip)        (BpPainter               *painter,
                           const cairo_rectangle_t *box);
  gboolean (*is_visible)  (BpPainter               *painter,
                           const cairo_rectangle_t *box);
  void     (*begin_group) (BpPainter  *painter,
                           const char *id,
                           const char *title);
  void     (*close)       (BpPainter *painter);
  void     (*add)         (BpPainter    *painter,
                           BpPiece       piece,
                           const double *numbers);
  void     (*paint)       (BpPainter   *painter,
                           const BpInk *fill,
                           const BpInk *stroke);
  void     (*show_text)   (BpPainter   *painter,
                           BpRole       role,
                           PangoLayout *layout,
                           double       x,
                           double       y,
                           double       align);
} BpPainterClass;

/** @depth: how many clips and groups are to be closed */
typedef struct {
  double x;
  double y;
  double scale;
  BpInk  ink;
  BpLine line;
  guint  depth;
} BpPainterState;

/** What a back end's own struct begins with. */
struct _BpPainter {
  const BpPainterClass *class;
  const BpPalette      *palette;
  double                resolution;
  BpPainterState        state;
  GArray               *saved;
  GHashTable           *ids;
};

/** Begins at the origin, black, with lines of width 1. */
void bp_painter_init (BpPainter            *painter,
                      const BpPainterClass *class,
                      const BpPalette      *palette);

/* For back ends that write text */

/** Returns: (transfer full) (nullable): @name as a name in every format, and no other one's; NULL of nothing */
char *bp_painter_create_id (BpPainter  *painter,
                            const char *name);

/** A line of a text: where it begins, has its middle or ends, and what it stands on. */
typedef struct {
  char  *text;
  double x;
  double baseline;
  double width;
} BpTextLine;

/** The name of @role in files: "value". */
const char *bp_role_get_name (BpRole role);

/** The numbers of @piece on paper, and 0 for what it does not have. */
void bp_painter_map (const BpPainter *painter,
                     BpPiece          piece,
                     const double    *numbers,
                     double           mapped[6]);

/** The font of @layout. Returns: (transfer none) */
const PangoFontDescription *bp_painter_get_font (PangoLayout *layout);

/**
 * bp_painter_list_lines:
 * @align: (inout): of the whole; of each line
 *
 * What bp_painter_show_text() shows, without lines that are empty. Returns: (transfer full) (element-type BpTextLine)
 */
GArray *bp_painter_list_lines (const BpPainter *painter,
                               PangoLayout     *layout,
                               double           x,
                               double           y,
                               double          *align);

G_END_DECLS
