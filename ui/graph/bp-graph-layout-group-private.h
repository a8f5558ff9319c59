/* bp-graph-layout-group-private.h: what the files of a group share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph-layout-private.h"

G_BEGIN_DECLS

/* Distances as multiples of the unit. */
#define BP_GROUP_LANE 1.4
#define BP_GROUP_LEAST_GAP 3.0
#define BP_GROUP_TRACK 0.66

typedef struct {
  guint    node;
  guint    user;     /* of a leaf: the member that is above or beside it, by number; else its own */
  guint    column;
  gboolean is_leaf;
  gboolean leaves;   /* whether something else uses it, though it is not the output */
  guint    lane;     /* for that */
  double   width;
  double   height;
  double   x;        /* left border */
  double   y;        /* centre */
} BpGroupMember;

/* An edge that leads to a member. */
typedef struct {
  guint       number;
  guint       from;   /* a member by number, or G_MAXUINT from outside */
  guint       to;
  guint       lane;   /* G_MAXUINT for those that need none */
  double      port;   /* height of its end */
  BpLabelSize label;
} BpGroupEdge;

typedef struct {
  guint  n_ops;
  double x;
  double width; /* of the ops */
  double gap;   /* at the left of it */
  double leaf;  /* the room for parameters at the left of several ops */
  double left;  /* how far a parameter above the op reaches, with its arc, from the middle */
  double right;
  double label; /* how far the label below it does */
} BpGroupColumn;

struct _BpGroup {
  double  unit;
  double  width;
  double  top;
  double  bottom;
  double  floor;    /* above the lanes */
  guint   n_members;
  guint   n_edges;
  guint   n_columns;
  guint   n_lanes;
  BpGroupMember *members;
  BpGroupEdge   *edges;
  BpGroupColumn *columns;
};

/** Whether an edge stands upright: from a parameter down to its op. */
gboolean bp_group_is_upright (const BpGroup     *group,
                              const BpGroupEdge *edge);

/** The member that is @node, by number, or G_MAXUINT. */
guint bp_group_find_member (const BpGroup *group,
                            guint          node);

/** The height of a lane at the bottom. */
double bp_group_get_lane (const BpGroup *group,
                          guint          lane);

G_END_DECLS
