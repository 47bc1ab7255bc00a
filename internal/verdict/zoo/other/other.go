// Package other has a type of a name that package zoo has, too.
package other

// Item is not the Item of package zoo.
type Item struct {
	Label string `json:"label" validate:"min=2,max=4"`
}
